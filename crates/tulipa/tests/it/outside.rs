//! What is asked for outside a loop: a panic that says what to do and blames the caller.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

use tulipa::sync::{Event, Lock, Queue};
use tulipa::{
    Promise, all_tasks, create_task, current_task, gather, get_running_loop, shield, sleep,
    timeout, timeout_at, yield_now,
};

use crate::support::{panic_of, place};

const MINUTE: Duration = Duration::from_secs(60);

fn poll_once<F: Future>(future: F) -> bool {
    pin!(future).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// A panic that says what is missing and what to do, and names the place in its text.
#[track_caller]
fn assert_names_the_loop_and(place: &str, (text, _): (String, String)) {
    let what = "no event loop is running on this thread: call this from inside `run(...)` or \
                `EventLoop::run_until_complete(...)`";
    assert!(text.starts_with(what), "{text}");
    assert!(text.contains(place), "{text} does not name {place}");
}

#[test]
fn what_needs_a_loop_names_it_and_the_callers_line() {
    assert_names_the_loop_and(&place!(0), panic_of(|| create_task(async {})));
    assert_names_the_loop_and(&place!(0), panic_of(|| get_running_loop()));
    assert_names_the_loop_and(&place!(0), panic_of(|| all_tasks()));
    assert_names_the_loop_and(&place!(0), panic_of(|| Promise::<()>::new()));
    assert_names_the_loop_and(&place!(0), panic_of(|| timeout(MINUTE, pending::<()>())));
    assert_names_the_loop_and(&place!(0), panic_of(|| poll_once(sleep(MINUTE))));
    assert_names_the_loop_and(
        &place!(1),
        panic_of(|| poll_once(timeout_at(Instant::now() + MINUTE, pending::<()>()))),
    );
}

/// They make their tasks in the call.
#[test]
fn what_makes_tasks_names_the_loop() {
    let (text, _) = panic_of(|| gather((async { 1 }, async { 2 })));
    assert!(text.starts_with("no event loop is running on this thread"), "{text}");
    let (text, _) = panic_of(|| shield(async {}));
    assert!(text.starts_with("no event loop is running on this thread"), "{text}");
}

#[test]
fn what_needs_no_loop_works_without_one() {
    assert!(current_task().is_none());
    assert!(!poll_once(yield_now()));
    let lock = Lock::with(1);
    assert!(poll_once(lock.acquire()));
    let (event, queue) = (Event::new(), Queue::with_maxsize(1));
    assert!(!poll_once(event.wait()));
    queue.put_nowait(1).unwrap();
    assert!(poll_once(queue.get()));
}

#[test]
fn a_thread_beside_the_loop_is_outside_of_it() {
    tulipa::run(async {
        let text = std::thread::spawn(|| panic_of(|| create_task(async {})).0).join().unwrap();
        assert!(text.starts_with("no event loop is running on this thread"), "{text}");
    });
}
