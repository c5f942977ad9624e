//! S-LOOP-2: what a callback queues runs in the next iteration, behind what was queued before it.

use tulipa::{rt, yield_now};

fn spread(name: &'static str, generations: u32) {
    println!("{name}, {generations} to come");
    if generations > 0 {
        rt::current().call_soon(Box::new(move || spread(name, generations - 1)));
    }
}

pub(crate) async fn main() {
    for name in ["a", "b"] {
        rt::current().call_soon(Box::new(move || spread(name, 2)));
    }
    for n in 0..4 {
        println!("iteration {n}");
        yield_now().await;
    }
}
