//! Semaphores, from `test_locks.SemaphoreTests`.

use std::cell::RefCell;
use std::future::pending;

use super::super::kind::{BoundedSemaphore, Semaphore};
use crate::on::{Cancelled, Log, Task, leak, on_each_executor, spawn, turn, value_wins, within};
use crate::support::{Bells, shown};

on_each_executor![
    acquire,
    acquire_cancel,
    acquire_cancel_before_awoken,
    acquire_hang,
    acquire_no_hang,
    release_no_waiters,
];

/// `test_locks.SemaphoreTests.test_initial_value_zero`
#[test]
fn initial_value_zero() {
    assert!(Semaphore::new(0).locked());
}

/// `test_locks.SemaphoreTests.test_repr`
#[test]
fn repr() {
    let (semaphore, bells) = (Semaphore::default(), Bells::new());
    assert_eq!(format!("{semaphore:?}"), "Semaphore { value: 1, waiting: 0, .. }");
    semaphore.try_acquire().unwrap().forget();
    let mut waiters = Vec::new();
    for n in 0..3 {
        let expected = format!("Semaphore {{ value: 0, waiting: {n}, .. }}");
        assert_eq!(format!("{semaphore:?}"), expected);
        waiters.push(bells.waiting(n, semaphore.acquire()));
    }
}

/// `test_locks.SemaphoreTests.test_semaphore`
#[test]
fn semaphore() {
    let semaphore = Semaphore::default();
    drop(semaphore.acquire()); // not awaited, it does nothing
    assert!(!semaphore.locked());
    assert_eq!(semaphore.value(), 1);
}

/// A task that takes a permit for good, then logs its number.
fn take(semaphore: &'static Semaphore, log: &'static Log<u8>, n: u8) -> Task<()> {
    spawn(async move {
        semaphore.acquire().await.forget();
        log.add(n);
    })
}

/// `test_locks.SemaphoreTests.test_acquire`
///
/// S-SEM-2: a release reserves its permit for the head of the line at once.
async fn acquire() {
    let (semaphore, log) = (leak(Semaphore::new(3)), Log::new());
    semaphore.acquire().await.forget();
    semaphore.acquire().await.forget();
    assert!(!semaphore.locked());

    let [one, two, three] = [1, 2, 3].map(|n| take(semaphore, log, n));
    turn().await;
    assert_eq!(log.all(), [1]);
    assert!(semaphore.locked());
    assert_eq!((shown("waiting", semaphore), semaphore.value()), (2, 0));

    let four = take(semaphore, log, 4);
    semaphore.release();
    semaphore.release();
    assert_eq!(semaphore.value(), 0);
    turn().await;
    assert_eq!(log.all(), [1, 2, 3]);
    assert!(semaphore.locked());
    assert_eq!((shown("waiting", semaphore), semaphore.value()), (1, 0));
    assert!(one.done() && two.done() && three.done());

    semaphore.release();
    assert_eq!(four.join().await, Ok(()));
}

/// `test_locks.SemaphoreTests.test_acquire_cancel`
async fn acquire_cancel() {
    let semaphore = leak(Semaphore::default());
    semaphore.acquire().await.forget();
    let task = take(semaphore, Log::new(), 1);
    let victim = task.clone();
    spawn(async move { victim.cancel() });
    assert_eq!(task.join().await, Err(Cancelled));
    assert_eq!(shown("waiting", semaphore), 0);
}

/// `test_locks.SemaphoreTests.test_acquire_cancel_before_awoken`
///
/// S-SEM-3: the permit goes past those who were cancelled to the first who was not. Other than in
/// asyncio, where a value wins the first of all takes it, cancelled or not.
async fn acquire_cancel_before_awoken() {
    let (semaphore, log) = (leak(Semaphore::new(0)), Log::new());
    let [one, two, three, four] = [1, 2, 3, 4].map(|n| take(semaphore, log, n));
    turn().await;

    one.cancel();
    two.cancel();
    semaphore.release();
    turn().await;
    turn().await;
    assert_eq!(log.all(), [if value_wins() { 1 } else { 3 }]);
    assert!(two.cancelled());
    assert_eq!((one.cancelled(), three.done()), (!value_wins(), !value_wins()));
    assert!(!four.done());

    three.cancel();
    four.cancel();
    turn().await;
    assert!(four.cancelled());
    assert_eq!(shown("waiting", semaphore), 0);
}

/// `test_locks.SemaphoreTests.test_acquire_hang`
///
/// As above, with one who was cancelled.
async fn acquire_hang() {
    let (semaphore, log) = (leak(Semaphore::new(0)), Log::new());
    let [one, two] = [1, 2].map(|n| take(semaphore, log, n));
    turn().await;

    one.cancel();
    semaphore.release();
    turn().await;
    turn().await;
    assert!(semaphore.locked());
    assert_eq!((one.cancelled(), two.done()), (!value_wins(), !value_wins()));
    assert_eq!(log.all(), [if value_wins() { 1 } else { 2 }]);
}

/// `test_locks.SemaphoreTests.test_acquire_no_hang`
///
/// S-SEM-3: the permit of one that is cancelled when it was woken is to be had again.
async fn acquire_no_hang() {
    let (semaphore, second) = (leak(Semaphore::new(1)), leak(RefCell::new(None::<Task<()>>)));
    let one = spawn(async {
        let permit = semaphore.acquire().await;
        turn().await;
        drop(permit);
        second.borrow().as_ref().unwrap().cancel();
    });
    let two = spawn(async {
        let _permit = semaphore.acquire().await;
        pending::<()>().await;
    });
    second.replace(Some(two.clone()));
    assert_eq!((one.join().await, two.join().await), (Ok(()), Err(Cancelled)));
    assert!(within(10, semaphore.acquire()).await.is_some());
}

/// `test_locks.SemaphoreTests.test_release_not_acquired`
#[test]
fn release_not_acquired() {
    assert!(BoundedSemaphore::default().release().is_err());
}

/// `test_locks.SemaphoreTests.test_release_no_waiters`
async fn release_no_waiters() {
    let semaphore = Semaphore::default();
    semaphore.acquire().await.forget();
    assert!(semaphore.locked());
    semaphore.release();
    assert!(!semaphore.locked());
}
