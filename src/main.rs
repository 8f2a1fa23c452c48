//! The program; see `reflist --help`.

fn main() -> std::process::ExitCode {
    reflist::cli::run()
}
