//! S-SEM-4: a plain semaphore takes more units than it began with, a bounded one minds.

use tulipa::sync::local::{BoundedSemaphore, Semaphore};

pub(crate) async fn main() {
    let plain = Semaphore::new(1);
    plain.release();
    for n in 1..=2 {
        plain.acquire().await.forget();
        println!("{n} of the plain one, locked: {}", plain.locked());
    }

    let bounded = BoundedSemaphore::new(1);
    match bounded.release() {
        Ok(()) => println!("released"),
        Err(_) => println!("too many"),
    }
    bounded.acquire().await.forget();
    println!("1 of the bounded one, locked: {}", bounded.locked());
    bounded.release().unwrap();
    println!("released, locked: {}", bounded.locked());
}
