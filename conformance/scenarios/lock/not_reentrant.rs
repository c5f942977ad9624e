//! S-LOCK-5: who has the lock and asks for it again waits for itself, here until it gives up.

use std::time::Duration;

use tulipa::sync::local::Lock;
use tulipa::timeout;

use crate::clock::ms;

pub(crate) async fn main() {
    let lock = Lock::new();
    let guard = lock.acquire().await;
    println!("has it, asks again");
    match timeout(Duration::from_millis(10), lock.acquire()).await {
        Ok(_) => println!("has it twice"),
        Err(_) => println!("{} ms: gives up, locked: {}", ms(), lock.locked()),
    }
    drop(guard);
    println!("lets go, locked: {}", lock.locked());
    let _guard = lock.acquire().await;
    println!("has it anew");
}
