//! Context variables: a callback sees them as they were when it was scheduled.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use tulipa_context::{ContextVar, copy_context};

use crate::support::{Log, new_loop, turn, turn_until};

static VAR: ContextVar<u32> = ContextVar::with_default("var", 0);

/// S-LOOP-17
#[test]
fn a_callback_sees_the_context_of_its_scheduling_and_changes_its_own() {
    copy_context().run(|| {
        let (event_loop, log) = (new_loop(), Log::new());
        let look = || {
            let log = log.clone();
            move || {
                log.add(VAR.get().unwrap());
                VAR.set(99);
            }
        };
        VAR.set(1);
        event_loop.call_soon(look());
        VAR.set(2);
        event_loop.call_soon(look());
        event_loop.call_later(Duration::ZERO, look());
        VAR.set(3);
        event_loop.call_at(event_loop.time(), look());
        event_loop.runtime().call_soon(Box::new(look()));
        VAR.set(4);
        turn_until(&event_loop, || log.len() == 5);
        let mut seen = log.take();
        seen.sort_unstable();
        assert_eq!((seen, VAR.get()), (vec![1, 2, 2, 3, 3], Some(4)));
    });
}

/// S-LOOP-17
#[test]
fn to_change_a_context_a_callback_runs_in_it() {
    let event_loop = new_loop();
    let context = copy_context();
    let inside = context.clone();
    event_loop.call_soon(move || inside.run(|| drop(VAR.set(5))));
    turn(&event_loop);
    assert_eq!((context.get(&VAR), VAR.get()), (Some(5), Some(0)));
}

/// S-LOOP-17
#[test]
fn from_a_real_thread_it_is_the_senders() {
    let event_loop = new_loop();
    let seen = Arc::new(AtomicU32::new(0));
    let (handle, in_callback) = (event_loop.handle(), seen.clone());
    let sender = std::thread::spawn(move || {
        VAR.set(7);
        handle.call_soon_threadsafe(move || in_callback.store(VAR.get().unwrap(), SeqCst)).unwrap();
        VAR.set(8);
    });
    sender.join().unwrap();
    turn_until(&event_loop, || seen.load(SeqCst) == 7);
    assert_eq!(VAR.get(), Some(0));
}

/// S-ERR-2
#[test]
fn the_exception_handler_runs_in_the_context_of_the_callback_at_fault() {
    let event_loop = new_loop();
    let seen = Rc::new(Cell::new(0));
    let in_handler = seen.clone();
    event_loop.set_exception_handler(move |_| in_handler.set(VAR.get().unwrap()));
    event_loop.call_soon(|| {
        VAR.set(6);
        panic!("on purpose");
    });
    turn(&event_loop);
    assert_eq!((seen.get(), VAR.get()), (6, Some(0)));
}
