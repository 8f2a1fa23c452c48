use reflist::formats::{Format, WriteOptions, by_name};
use reflist::{Ignore, Record, Sink};
struct Through<'o> {
    to: Option<&'static Format>,
    out: &'o mut String,
    n: usize,
    losses: usize,
}
struct Count<'a>(&'a mut usize);
impl Sink<reflist::Loss> for Count<'_> {
    fn report(&mut self, _: reflist::Loss) {
        *self.0 += 1;
    }
}
impl Sink<Record> for Through<'_> {
    fn report(&mut self, record: Record) {
        self.n += 1;
        if let Some(to) = self.to {
            (to.write)(&record, &WriteOptions::default(), self.out, &mut Count(&mut self.losses));
            if self.out.len() > 1 << 16 {
                std::hint::black_box(&self.out);
                self.out.clear();
            }
        }
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let from = by_name(&a[1]).unwrap();
    let to = by_name(&a[2]);
    let once = std::fs::read(&a[3]).unwrap();
    let n: usize = a.get(4).map_or(1, |n| n.parse().unwrap());
    let bytes = once.repeat(n);
    let start = std::time::Instant::now();
    let mut out = String::new();
    let mut through = Through { to, out: &mut out, n: 0, losses: 0 };
    from.read(&mut &bytes[..], &mut through, &mut Ignore).unwrap();
    let secs = start.elapsed().as_secs_f64();
    println!(
        "{} records, {} losses, {} bytes, {:.1} MB/s",
        through.n,
        through.losses,
        bytes.len(),
        bytes.len() as f64 / secs / 1e6
    );
}
