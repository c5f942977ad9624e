//! S-FUT-7: a task that is awaited for the second time.
//!
//! Differs: S-FUT-7: the result has moved out; `result` looks at it in place as often as one likes.

use tulipa::create_task;

async fn work() -> &'static str {
    println!("the work runs once");
    "its value"
}

pub(crate) async fn main() {
    let mut task = create_task(work());
    println!("the first await: {}", (&mut task).await.unwrap());
    match task.result() {
        Ok(value) => println!("the second: {value}"),
        Err(error) => println!("{error}"),
    }
}
