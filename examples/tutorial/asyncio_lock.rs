//! A lock is held by one task at a time, in order of arrival; whoever drops the guard releases it.

use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::{Lock, OwnedLockGuard};
use tulipa::{EventLoop, create_task, wait};

fn unlock(guard: OwnedLockGuard) {
    println!("callback releasing lock");
    drop(guard);
}

async fn coroutine1(lock: Rc<Lock>) {
    println!("coroutine 1 waiting for the lock");
    {
        let _guard = lock.acquire().await;
        println!("coroutine 1 acquired lock");
    }
    println!("coroutine 1 released lock");
}

async fn coroutine2(lock: Rc<Lock>) {
    println!("coroutine 2 waiting for the lock");
    let guard = lock.acquire().await;
    println!("coroutine 2 acquired lock");
    println!("coroutine 2 released lock");
    drop(guard);
}

async fn async_main(event_loop: EventLoop) {
    let lock = Rc::new(Lock::new());
    println!("acquiring the lock before starting coroutines");
    let guard = lock.acquire_owned().await;
    println!("lock acquired: {}", lock.locked());

    event_loop.call_later(Duration::from_millis(100), || unlock(guard));

    println!("waiting for coroutines");
    wait([create_task(coroutine1(lock.clone())), create_task(coroutine2(lock))]).await;
}

fn main() -> Result<(), Box<dyn Error>> {
    let event_loop = EventLoop::new()?;
    event_loop.run_until_complete(async_main(event_loop.clone()))?;
    event_loop.close();
    Ok(())
}
