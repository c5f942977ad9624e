//! asyncio statement S-EVENT-1, and cancellation.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Wake, Waker};

use super::kind::{Event, Pointer};
use crate::support::{Bells, Hand, now};

/// S-EVENT-1: `wait` on a set event does not yield.
#[test]
fn waiting_for_a_set_event_does_not_suspend() {
    let event = Event::new();
    assert!(!event.is_set());
    event.set();
    assert!(event.is_set());
    now(event.wait());
    event.set();
    now(event.wait());
}

/// S-EVENT-1: `set` wakes all, in order. More than a batch of wakers.
#[test]
fn set_wakes_all_in_order() {
    let (event, bells) = (Event::new(), Bells::new());
    let mut hands: Vec<_> = (0..50).map(|i| bells.waiting(i, event.wait())).collect();
    event.set();
    assert!(bells.rung().into_iter().eq(0..50));
    for hand in hands.iter_mut().rev() {
        hand.ready();
    }
}

/// S-EVENT-1: `set` then `clear` before they run still releases them all.
#[test]
fn set_then_clear_releases_those_who_waited() {
    let (event, bells) = (Event::new(), Bells::new());
    let mut early: Vec<_> = (0..20).map(|i| bells.waiting(i, event.wait())).collect();
    event.set();
    event.clear();
    let mut late = bells.waiting(99, event.wait());
    for hand in &mut early {
        hand.ready();
    }
    late.waits();
    assert!(bells.rung().into_iter().eq(0..20));
    event.set();
    assert_eq!(bells.rung(), [99]);
    late.ready();
}

/// A wait that keeps its event alive.
type Owned = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    static LAST: RefCell<Option<(Pointer<Event>, Hand<Owned>)>> = const { RefCell::new(None) };
}

/// S-EVENT-1: all are released at once, also those whose turn to be woken has not come.
#[test]
fn the_last_is_released_before_the_first_runs() {
    struct First;
    impl Wake for First {
        fn wake(self: Arc<Self>) {
            LAST.with_borrow_mut(|last| {
                let (event, hand) = last.as_mut().unwrap();
                event.clear();
                hand.ready();
            });
        }
    }
    let event = Pointer::new(Event::new());
    let bells = Bells::new();
    let mut first = bells.hold(0, event.wait());
    first.set_waker(Waker::from(Arc::new(First)));
    first.waits();
    let crowd: Vec<_> = (1..40).map(|i| bells.waiting(i, event.wait())).collect();
    let last = Pointer::clone(&event);
    let last: Owned = Box::pin(async move { last.wait().await });
    LAST.set(Some((Pointer::clone(&event), bells.waiting(40, last))));
    event.set();
    assert!(bells.rung().into_iter().eq(1..40), "the last went without");
    drop((crowd, LAST.take()));
}

#[test]
fn a_dropped_wait_is_not_woken() {
    let (event, bells) = (Event::new(), Bells::new());
    let mut hands: Vec<_> = (0..5).map(|i| bells.waiting(i, event.wait())).collect();
    hands.remove(4);
    hands.remove(1);
    event.set();
    assert_eq!(bells.rung(), [0, 2, 3]);
    hands.remove(0); // woken and dropped: nobody misses it
    for hand in &mut hands {
        hand.ready();
    }
    assert_eq!(bells.rung(), []);
}

#[test]
fn clearing_what_is_clear_is_no_harm() {
    let event = Event::default();
    event.clear();
    let bells = Bells::new();
    let mut a = bells.waiting('a', event.wait());
    event.clear();
    a.waits();
    assert_eq!(format!("{event:?}"), "Event { set: false, waiting: 1 }");
    assert_eq!(
        format!("{:?}", event.wait()),
        "EventWait { event: Event { set: false, waiting: 1 } }"
    );
}
