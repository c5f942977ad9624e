//! S-TASK-2, S-TASK-4: an ordinary failure of a task goes to its awaiter; the tasks beside it go
//! on.

use tulipa::{create_task, yield_now};

async fn fails() {
    println!("it fails");
    panic!("boom");
}

async fn beside() {
    for n in 1..=4 {
        println!("beside it, {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let (failing, other) = (create_task(fails()), create_task(beside()));
    match failing.await {
        Ok(()) => println!("no failure"),
        Err(error) => println!("the awaiter has it: {}", error.panic_message().unwrap()),
    }
    println!("the other has ended: {}", other.done());
    other.await.unwrap();
}
