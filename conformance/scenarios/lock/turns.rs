//! S-LOCK-3: who lets go and asks again at once gets in line behind those who wait.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    for turn in 1..=3 {
        let _guard = lock.acquire().await;
        println!("{name} has turn {turn}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let tasks = ["a", "b", "c"].map(|name| create_task(hold(name, lock.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
