//! S-FUT-8: a task that failed is reported when its last holder lets go, unless somebody awaited
//! it.

use tulipa::{create_task, get_running_loop, yield_now};

async fn fails(text: &'static str) {
    println!("the task fails: {text}");
    panic!("{text}");
}

pub(crate) async fn main() {
    get_running_loop().set_exception_handler(|context| {
        println!("reported: {}", context.exception_text().unwrap());
    });
    let awaited = create_task(fails("awaited"));
    println!("the awaiter knows: {}", awaited.await.is_err());
    let held = create_task(fails("held"));
    yield_now().await;
    println!("still held: {}", held.done());
    drop(held);
    println!("the end");
}
