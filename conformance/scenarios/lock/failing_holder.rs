//! S-LOCK-2: a holder that fails lets go all the same.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) -> Result<(), &'static str> {
    let _guard = lock.acquire().await;
    println!("{name} has it");
    yield_now().await;
    if name == "a" {
        return Err("a fails");
    }
    println!("{name} lets go");
    Ok(())
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let [a, b] = ["a", "b"].map(|name| create_task(hold(name, lock.clone())));
    if let Err(error) = a.await.unwrap() {
        println!("{error}");
    }
    b.await.unwrap().unwrap();
    println!("locked: {}", lock.locked());
}
