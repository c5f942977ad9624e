//! Events, from `test_locks.EventTests`.

use super::super::kind::Event;
use crate::on::{Cancelled, Log, leak, on_each_executor, spawn, turn};
use crate::support::{Bells, shown};

on_each_executor![wait, wait_on_set, wait_cancel, clear_with_waiters];

/// `test_locks.EventTests.test_repr`
#[test]
fn repr() {
    let (event, bells) = (Event::new(), Bells::new());
    assert_eq!(format!("{event:?}"), "Event { set: false, waiting: 0 }");
    let _waiter = bells.waiting('a', event.wait());
    assert_eq!(format!("{event:?}"), "Event { set: false, waiting: 1 }");
    event.set();
    assert_eq!(format!("{event:?}"), "Event { set: true, waiting: 1 }");
}

/// `test_locks.EventTests.test_wait`
///
/// S-EVENT-1: those who wait are woken in order; who comes to a set event does not wait at all.
async fn wait() {
    let (event, log) = (leak(Event::new()), Log::new());
    let wait = |n| {
        spawn(async move {
            event.wait().await;
            log.add(n);
        })
    };
    assert!(!event.is_set());
    let (one, two) = (wait(1), wait(2));
    turn().await;
    assert_eq!(log.all(), []);

    let three = wait(3);
    event.set();
    turn().await;
    assert_eq!(log.all(), [3, 1, 2]);
    assert!([one, two, three].iter().all(|task| task.done() && !task.cancelled()));
}

/// `test_locks.EventTests.test_wait_on_set`
async fn wait_on_set() {
    let event = Event::new();
    event.set();
    event.wait().await;
    assert!(event.is_set());
}

/// `test_locks.EventTests.test_wait_cancel`
async fn wait_cancel() {
    let event = leak(Event::new());
    let task = spawn(event.wait());
    let victim = task.clone();
    spawn(async move { victim.cancel() });
    assert_eq!(task.join().await, Err(Cancelled));
    assert_eq!(shown("waiting", event), 0);
}

/// `test_locks.EventTests.test_clear`
#[test]
fn clear() {
    let event = Event::new();
    assert!(!event.is_set());
    event.set();
    assert!(event.is_set());
    event.clear();
    assert!(!event.is_set());
}

/// `test_locks.EventTests.test_clear_with_waiters`
///
/// S-EVENT-1: set and cleared before they run, it releases them all the same.
async fn clear_with_waiters() {
    let (event, log) = (leak(Event::new()), Log::new());
    let task = spawn(async {
        event.wait().await;
        log.add(1);
    });
    turn().await;
    assert_eq!(log.all(), []);

    event.set();
    event.clear();
    assert!(!event.is_set());
    event.set();
    event.set();
    assert_eq!(shown("waiting", event), 1);

    turn().await;
    assert_eq!(log.all(), [1]);
    assert_eq!(shown("waiting", event), 0);
    assert_eq!(task.join().await, Ok(()));
}
