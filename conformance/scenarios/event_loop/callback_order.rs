//! S-LOOP-1: callbacks run in the order they were given, each once, before the task goes on.

use tulipa::{rt, yield_now};

pub(crate) async fn main() {
    for name in ["first", "second", "third"] {
        rt::current().call_soon(Box::new(move || println!("{name}")));
    }
    println!("nothing has run");
    yield_now().await;
    println!("all have run");
    yield_now().await;
    println!("and none again");
}
