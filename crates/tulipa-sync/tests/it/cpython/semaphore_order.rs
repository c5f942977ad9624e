//! Semaphores, from `test_locks.SemaphoreTests`: first come, first served.

use std::cell::RefCell;

use super::super::kind::Semaphore;
use crate::on::{Log, Task, leak, on_each_executor, spawn, turn};
use crate::support::shown;

on_each_executor![acquire_fifo_order, acquire_fifo_order_2, acquire_fifo_order_3, order_4];

/// `test_locks.SemaphoreTests.test_acquire_fifo_order`
///
/// S-SEM-1: who comes again queues behind those who wait.
async fn acquire_fifo_order() {
    let (semaphore, log) = (leak(Semaphore::new(1)), Log::new());
    let tasks = ["c1", "c2", "c3"].map(|tag| {
        spawn(async move {
            for round in 1..=2 {
                let _permit = semaphore.acquire().await;
                log.add(format!("{tag}_{round}"));
                turn().await;
            }
        })
    });
    for task in tasks {
        assert_eq!(task.join().await, Ok(()));
    }
    assert_eq!(log.all(), ["c1_1", "c2_1", "c3_1", "c1_2", "c2_2", "c3_2"]);
}

/// `test_locks.SemaphoreTests.test_acquire_fifo_order_2`
///
/// S-SEM-1: also when there is a permit, as long as one is in line.
async fn acquire_fifo_order_2() {
    let (semaphore, log) = (leak(Semaphore::new(1)), Log::new());
    let take = move |n| async move {
        semaphore.acquire().await.forget();
        log.add(n);
    };
    let one = spawn(take(1));
    let two = spawn(async move {
        take(2).await;
        semaphore.release();
        take(4).await;
    });
    let three = spawn(take(3));
    turn().await;

    semaphore.release();
    semaphore.release();
    for task in [one.join().await, two.join().await, three.join().await] {
        assert_eq!(task, Ok(()));
    }
    assert_eq!(log.all(), [1, 2, 3, 4]);
}

/// `test_locks.SemaphoreTests.test_acquire_fifo_order_3`
async fn acquire_fifo_order_3() {
    let (semaphore, log) = (leak(Semaphore::new(0)), Log::new());
    let [one, two, three] = [1, 2, 3].map(|n| {
        spawn(async move {
            semaphore.acquire().await.forget();
            log.add(n);
        })
    });
    turn().await;
    one.cancel();
    turn().await;

    semaphore.release();
    semaphore.release();
    assert!(one.join().await.is_err());
    assert_eq!((two.join().await, three.join().await), (Ok(()), Ok(())));
    assert_eq!(log.all(), [2, 3]);
}

/// `test_locks.SemaphoreTests.test_acquire_fifo_order_4`
///
/// S-SEM-1: one that takes its permit wakes all behind it for whom there is one, before anybody
/// who comes later.
async fn order_4() {
    let (semaphore, log) = (leak(Semaphore::new(0)), Log::new());
    let fourth = leak(RefCell::new(None::<Task<()>>));
    let one = spawn(async {
        assert_eq!(semaphore.value(), 0);
        semaphore.acquire().await.forget();
        assert_eq!(semaphore.value(), 0);
        fourth.replace(Some(spawn(async { log.add(4) })));
        log.add(1);
    });
    let two = spawn(async {
        for _ in 0..3 {
            semaphore.release();
        }
        assert_eq!(semaphore.value(), 2);
        assert!(semaphore.locked(), "the first has not run yet");
        semaphore.acquire().await.forget();
        log.add(2);
    });
    let three = spawn(async {
        semaphore.acquire().await.forget();
        assert!(semaphore.locked());
        log.add(3);
    });
    turn().await;
    assert_eq!((semaphore.value(), shown("waiting", semaphore)), (2, 3));
    turn().await;

    let four = fourth.take().unwrap();
    for task in [one, two, three, four] {
        assert_eq!(task.join().await, Ok(()));
    }
    assert_eq!(log.all(), [1, 2, 3, 4]);
}
