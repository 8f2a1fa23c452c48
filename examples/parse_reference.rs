//! Reads one reference and prints its fields with their confidence.
//!
//! cargo run --example parse_reference -- "Baker, C. (2021). Military competition. International Security Studies, 29(3), 52–67."

fn main() {
    let text = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "Lo, B. (2019). Axis of convenience. Brookings, pp. 19–35.".to_owned());
    let parsed = reflist::parse_reference(&text);
    println!("{} ({:.2})", parsed.record.kind, parsed.confidence);
    for field in &parsed.fields {
        let printed = &parsed.source[field.span.range()];
        println!("{:<18} {:.2}  {printed}", field.variable.as_str(), field.confidence);
    }
}
