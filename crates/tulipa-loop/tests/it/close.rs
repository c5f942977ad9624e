//! What closing reports and drops, in which order, and what may come after it.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use tulipa_loop::EventLoop;
use tulipa_task::{Task, create_task, create_task_on};
use tulipa_time::sleep;

use crate::support::{
    Log, OnDrop, Pair, PanicsOnDrop, new_loop, on_both_backends, panic_of, read, reports, turn,
};

const HOUR: Duration = Duration::from_secs(3600);

/// A task that has begun and waits for ever, holding something; and its waker.
fn suspended<T: 'static>(event_loop: &EventLoop, held: T) -> (Task<()>, Waker) {
    let slot = Rc::new(RefCell::new(None));
    let keep = slot.clone();
    let task = create_task_on(&event_loop.runtime(), async move {
        let _held = held;
        poll_fn(|cx| {
            keep.replace(Some(cx.waker().clone()));
            Poll::<()>::Pending
        })
        .await;
    });
    turn(event_loop);
    let waker = slot.take().unwrap();
    (task, waker)
}

/// S-LOOP-15, which says of asyncio that they are dropped in silence.
#[test]
fn each_pending_task_is_reported_with_its_name_and_place_and_dropped() {
    on_both_backends(|event_loop| {
        let (log, reports) = (Log::new(), reports(event_loop));
        suspended(event_loop, OnDrop(log.clone(), "suspended")).0.with_name("first").detach();
        let new = OnDrop(log.clone(), "not begun");
        let line = line!() + 1;
        let unpolled = create_task_on(&event_loop.runtime(), async move { drop(new) });
        unpolled.set_name("second");
        create_task_on(&event_loop.runtime(), async {}).detach();
        let done = create_task_on(&event_loop.runtime(), async {});
        event_loop.close();
        assert_eq!(log.take().len(), 2);
        let reports = reports.take();
        let names: Vec<_> = reports.iter().filter_map(|report| report.task_name()).collect();
        assert_eq!(names[..2], ["first", "second"], "in order of creation");
        assert_eq!(names.len(), 4, "all four are pending");
        assert_eq!(reports[1].message(), "Task was destroyed but it is pending!");
        let place = reports[1].location().unwrap();
        assert_eq!((place.file(), place.line()), (file!(), line));
        assert!(done.done() && unpolled.done());
    });
}

#[test]
fn a_task_that_has_ended_is_not_reported() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    create_task_on(&event_loop.runtime(), async {}).detach();
    turn(&event_loop);
    event_loop.close();
    assert_eq!(reports.len(), 0);
}

/// S-LOOP-15
#[test]
fn closing_drops_callbacks_and_timers_unrun_and_does_nothing_the_second_time() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let guard = |event| OnDrop(log.clone(), event);
        let (soon, later, sent) = (guard("soon"), guard("later"), std::sync::Arc::new(()));
        let (soon_runs, later_runs) = (log.writes("ran"), log.writes("ran"));
        event_loop.call_soon(move || {
            let _held = soon;
            soon_runs();
        });
        event_loop.call_later(HOUR, move || {
            let _held = later;
            later_runs();
        });
        let inside = sent.clone();
        event_loop.handle().call_soon_threadsafe(move || drop(inside)).unwrap();
        event_loop.close();
        let mut dropped = log.take();
        dropped.sort_unstable();
        assert_eq!(dropped, ["later", "soon"]);
        assert_eq!(std::sync::Arc::strong_count(&sent), 1);
        assert!(event_loop.is_closed());
        event_loop.close();
        assert!(event_loop.is_closed() && !event_loop.is_running());
        assert_eq!(event_loop.next_deadline(), None);
    });
}

#[test]
fn tasks_are_dropped_inside_their_loop() {
    struct Looks(Log<bool>);
    impl Drop for Looks {
        fn drop(&mut self) {
            self.0.add(tulipa_rt::try_current().is_ok() && EventLoop::current().is_ok());
        }
    }
    let event_loop = new_loop();
    let log = Log::new();
    suspended(&event_loop, Looks(log.clone())).0.detach();
    let held = Looks(log.clone());
    event_loop.call_soon(move || drop(held));
    drop(event_loop);
    assert_eq!(log.take(), [true, true], "the loop is current on both sides of the seam");
    assert!(tulipa_rt::try_current().is_err() && EventLoop::current().is_err());
}

#[test]
fn what_a_destructor_creates_as_the_loop_closes_is_dropped_too() {
    struct Creates(Log<&'static str>);
    impl Drop for Creates {
        fn drop(&mut self) {
            let (task, timer) = (OnDrop(self.0.clone(), "task"), OnDrop(self.0.clone(), "timer"));
            create_task(async move {
                let _held = task;
                pending::<()>().await;
            })
            .detach();
            tulipa_rt::current().call_soon(Box::new(move || drop(timer)));
        }
    }
    on_both_backends(|event_loop| {
        let (log, reports) = (Log::new(), reports(event_loop));
        suspended(event_loop, Creates(log.clone())).0.with_name("creator").detach();
        let held = Creates(log.clone());
        event_loop.call_soon(move || drop(held));
        let held = Creates(log.clone());
        event_loop.call_later(HOUR, move || drop(held));
        event_loop.close();
        let mut dropped = log.take();
        dropped.sort_unstable();
        assert_eq!(dropped, ["task", "task", "task", "timer", "timer", "timer"]);
        assert!(event_loop.runtime().tasks().is_empty());
        assert_eq!(reports.len(), 4, "those born meanwhile are reported too");
    });
}

#[test]
fn panics_in_destructors_keep_nothing_from_being_dropped() {
    on_both_backends(|event_loop| {
        let (log, reports) = (Log::new(), reports(event_loop));
        for _ in 0..3 {
            let guard = || (OnDrop(log.clone(), ()), PanicsOnDrop, OnDrop(log.clone(), ()));
            let (soon, later, once) = (guard(), guard(), guard());
            event_loop.call_soon(move || drop(soon));
            event_loop.call_later(HOUR, move || drop(later));
            event_loop.runtime().call_soon(Box::new(move || drop(once)));
            let task = guard();
            create_task_on(&event_loop.runtime(), async move { drop(task) }).detach();
        }
        event_loop.close();
        assert_eq!(log.take().len(), 24, "all of it was dropped");
        assert_eq!(reports.take().len(), 3 + 12, "three pending tasks, twelve panics");
        assert!(!event_loop.is_running());
    });
}

#[test]
fn a_waker_that_outlives_the_loop_does_nothing() {
    let event_loop = new_loop();
    let (task, waker) = suspended(&event_loop, ());
    let cancel = task.task_ref();
    drop(event_loop);
    waker.wake_by_ref();
    std::thread::scope(|scope| {
        scope.spawn(|| waker.wake_by_ref());
    });
    assert!(task.done() && !cancel.cancel());
    drop((task, waker));
}

#[test]
fn a_sleep_and_a_socket_that_are_dropped_with_their_loop_go_without_noise() {
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let pair = Pair::new(event_loop);
        create_task_on(&event_loop.runtime(), async move {
            let work = async { futures_lite_join(sleep(HOUR), read(&pair.source)).await };
            work.await;
        })
        .detach();
        turn(event_loop);
        event_loop.close();
        assert_eq!(reports.take().len(), 1);
    });
}

/// Polls both until both are done.
async fn futures_lite_join<A: Future, B: Future>(one: A, other: B) {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    poll_fn(|cx| {
        let pending = one.as_mut().poll(cx).is_pending() | other.as_mut().poll(cx).is_pending();
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

#[test]
fn a_running_loop_cannot_be_closed() {
    let event_loop = new_loop();
    let (log, again) = (Log::new(), event_loop.clone());
    let seen = log.clone();
    let line = Rc::new(Cell::new(0));
    let expected = line.clone();
    event_loop.call_soon(move || {
        expected.set(line!() + 1);
        seen.add(panic_of(|| again.close()));
    });
    turn(&event_loop);
    let (text, blamed) = log.take().remove(0);
    assert_eq!(text, "a running event loop cannot be closed: `stop` it first");
    assert_eq!(blamed, line.get());
    assert!(!event_loop.is_closed());
}

#[test]
fn the_last_handle_closes_the_loop_and_only_the_last() {
    let event_loop = new_loop();
    let log = Log::new();
    suspended(&event_loop, OnDrop(log.clone(), ())).0.detach();
    let (other, handle, runtime) = (event_loop.clone(), event_loop.handle(), event_loop.runtime());
    drop(event_loop);
    assert!(!handle.is_closed());
    drop(other);
    assert!(handle.is_closed(), "neither a `LoopHandle` nor a runtime keeps it open");
    assert_eq!(log.take().len(), 1);
    drop(runtime);
}

#[test]
fn the_last_handle_may_drop_inside_a_callback_of_another_loop() {
    struct Creates(Log<u64>);
    impl Drop for Creates {
        fn drop(&mut self) {
            // On the loop that closes, which drops it, not on the one that runs.
            create_task(pending::<()>()).detach();
            self.0.add(0);
        }
    }
    let (outer, inner) = (new_loop(), new_loop());
    let (log, reports) = (Log::new(), reports(&inner));
    suspended(&inner, Creates(log.clone())).0.detach();
    let after = log.clone();
    outer.call_soon(move || {
        drop(inner);
        let running = tulipa_rt::current().id();
        assert_eq!(running, EventLoop::current().unwrap().runtime().id());
        after.add(1);
    });
    outer.call_soon(log.writes(2));
    turn(&outer);
    assert_eq!(log.take(), [0, 1, 2]);
    assert_eq!(reports.len(), 2);
    assert!(outer.runtime().tasks().is_empty());
}

/// The leak that the documentation names: it lasts until somebody closes the loop.
#[test]
fn a_task_that_holds_a_handle_keeps_its_loop_open_until_it_is_closed() {
    let event_loop = new_loop();
    let log = Log::new();
    let held = (event_loop.clone(), OnDrop(log.clone(), ()));
    suspended(&event_loop, held).0.detach();
    let (runtime, handle) = (event_loop.runtime(), event_loop.handle());
    drop(event_loop);
    assert!(!handle.is_closed(), "the task's handle is left");
    let again = tulipa_rt::enter(runtime, tulipa_rt::current);
    assert_eq!(log.len(), 0);
    // Whoever still reaches the task can end it, and with it the loop.
    again.tasks().for_each(|task| _ = task.cancellation().handle().cancel());
    drop(again);
    assert_eq!(log.len(), 0, "nobody runs the loop");

    let event_loop = new_loop();
    let held = (event_loop.clone(), OnDrop(log.clone(), ()));
    suspended(&event_loop, held).0.detach();
    event_loop.close();
    assert_eq!(log.take().len(), 1);
}

#[test]
fn a_panic_that_unwinds_through_a_run_leaves_a_loop_that_can_run() {
    struct Panics;
    impl Drop for Panics {
        fn drop(&mut self) {
            assert!(std::thread::panicking(), "dropped by the unwinding");
        }
    }
    let event_loop = new_loop();
    let again = event_loop.clone();
    let (text, _) = panic_of(move || {
        let _held = Panics;
        again.call_soon(|| {});
        again.turn(Some(Duration::ZERO)).unwrap();
        panic!("between two turns");
    });
    assert_eq!(text, "between two turns");
    assert_eq!(turn(&event_loop), 0);
}
