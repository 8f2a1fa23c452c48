//! The program; see `reflist --help`.

fn main() {}
