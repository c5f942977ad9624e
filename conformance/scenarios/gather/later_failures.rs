//! S-GATHER-3: failures after the first one.
//!
//! Differs: S-GATHER-3: a panic that nobody else sees is reported.

use tulipa::{create_task, gather, get_running_loop, yield_now};

async fn fail(name: &'static str, turns: u32) {
    for _ in 0..turns {
        yield_now().await;
    }
    println!("{name} fails");
    panic!("{name}");
}

async fn parent() {
    gather((fail("the first", 1), fail("the second", 5))).await;
}

pub(crate) async fn main() {
    get_running_loop().set_exception_handler(|context| {
        println!("reported: {}", context.exception_text().unwrap());
    });
    if let Err(error) = create_task(parent()).await {
        println!("the parent has: {}", error.panic_message().unwrap());
    }
    for _ in 0..10 {
        yield_now().await;
    }
    println!("the end");
}
