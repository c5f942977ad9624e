//! S-COND-2: as many as were asked for are notified, in order of arrival; the others wait on.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(name: &str, condition: Rc<Condition>) {
    let guard = condition.acquire().await;
    println!("{name} waits");
    let _guard = guard.wait().await;
    println!("{name} goes on");
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let names = ["a", "b", "c", "d", "e"];
    let tasks = names.map(|name| create_task(wait(name, condition.clone())));
    yield_now().await;
    for n in [2, 1, 10] {
        let guard = condition.acquire().await;
        guard.notify(n);
        println!("{n} notified");
        drop(guard);
        for _ in 0..5 {
            yield_now().await;
        }
        println!("still waiting: {}", tasks.iter().filter(|task| !task.done()).count());
    }
}
