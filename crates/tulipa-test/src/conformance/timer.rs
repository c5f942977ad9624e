//! The kit of [`Timer`](tulipa_rt::Timer): one timer, and few.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

use tulipa_rt::{Clock, Runtime};

use super::{LONG, Log, OnWake, SHORT, Subject, settle, timer_crowd, turn_until, waker};
use crate::CountingWaker;

const MILLISECOND: Duration = Duration::from_millis(1);

/// Checks a loop's [`Timer`](tulipa_rt::Timer):
///
/// - a timer never fires early, and wakes its waker once;
/// - timers fire in order of deadline, and among equal deadlines in order of creation, both when
///   they fall due together and one after the other;
/// - a deadline in the past fires in the next iteration, not inside
///   [`wake_at`](tulipa_rt::Timer::wake_at), and so does one that a waker arms as it is woken;
/// - deadlines up to the last that [`Instant`] can say are taken, and keep nobody waiting;
/// - [`set_waker`](tulipa_rt::Timer::set_waker) replaces the waker of an armed timer, which keeps
///   its place, and refuses one that has fired or was cancelled;
/// - [`cancel`](tulipa_rt::Timer::cancel) says once that it did something, and nobody is woken;
/// - a timer that has fired or was cancelled keeps no waker;
/// - an old [`TimerId`](tulipa_rt::TimerId) is refused also when its slot is in use again;
/// - a waker may use the timers as it is woken and as it is dropped;
/// - all of it holds for a crowd: a million timers, a tenth of that in a debug build.
///
/// # Panics
///
/// If a promise is not kept, saying which.
#[track_caller]
pub fn timer<S: Subject>(make: impl Fn() -> S) {
    never_early(make());
    never_early_when_looked_at(make());
    fires_once(make());
    order_when_due_together(make());
    order_one_after_the_other(make());
    past_deadlines(make());
    armed_by_a_waker(make());
    far_future(make());
    set_waker(make());
    set_waker_keeps_the_place(make());
    cancel(make());
    stale_ids(make());
    used_by_a_dropped_waker(make());
    timer_crowd::all(make);
}

fn never_early<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    for micros in [1, 300, 1_000, 1_700, 4_000, 9_999] {
        let counting = CountingWaker::new();
        let deadline = runtime.now() + Duration::from_micros(micros);
        runtime.wake_at(deadline, counting.waker());
        turn_until(&mut subject, LONG, "a timer fires", || counting.wakes() > 0);
        let early = deadline.saturating_duration_since(runtime.now());
        assert!(early.is_zero(), "a timer of {micros} µs fired {early:?} early");
    }
}

/// The loop looks at its timers, and one is almost due.
fn never_early_when_looked_at<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    for nanos in [1, 1_000, 100_000, 400_000, 600_000, 999_999] {
        let counting = CountingWaker::new();
        let deadline = runtime.now() + SHORT;
        runtime.wake_at(deadline, counting.waker());
        subject.pass_time(SHORT.saturating_sub(Duration::from_nanos(nanos)));
        subject.turn(Duration::ZERO);
        let early = deadline.saturating_duration_since(runtime.now());
        assert!(counting.wakes() == 0 || early.is_zero(), "a timer fired {early:?} early");
        turn_until(&mut subject, LONG, "a timer fires", || counting.wakes() > 0);
    }
}

fn fires_once<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let counting = CountingWaker::new();
    runtime.wake_at(runtime.now() + MILLISECOND, counting.waker());
    turn_until(&mut subject, SHORT, "a timer fires", || counting.wakes() > 0);
    subject.pass_time(SHORT);
    settle(&mut subject);
    assert_eq!(counting.wakes(), 1, "a timer fires once");
    assert_eq!(counting.clones(), 0, "a timer that has fired keeps no waker");
}

/// Arms a timer for each entry, so many milliseconds from now, writing its place in the table;
/// gives the places in the order in which they must fire.
fn arm(runtime: &dyn Runtime, log: &Log, table: &[u64]) -> Vec<usize> {
    let start = runtime.now();
    for (place, after) in table.iter().enumerate() {
        runtime.wake_at(start + Duration::from_millis(*after), &log.waker(place));
    }
    let mut expected: Vec<_> = (0..table.len()).collect();
    expected.sort_by_key(|place| table[*place]); // stable: equal ones stay in order
    expected
}

const TABLE: &[u64] = &[5, 3, 9, 3, 3, 1, 7, 5, 9, 2, 3, 8, 1, 4, 6, 3];

fn order_when_due_together<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let expected = arm(&*runtime, &log, TABLE);
    subject.pass_time(Duration::from_millis(15));
    turn_until(&mut subject, LONG, "all timers fire", || log.len() == TABLE.len());
    assert_eq!(log.take(), expected, "order of deadline, then of creation");
}

fn order_one_after_the_other<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let expected = arm(&*runtime, &log, TABLE);
    turn_until(&mut subject, LONG, "all timers fire", || log.len() == TABLE.len());
    assert_eq!(log.take(), expected, "order of deadline, then of creation");
}

fn past_deadlines<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    subject.pass_time(SHORT); // so that the clock has a past
    let now = runtime.now();
    runtime.wake_at(now, &log.waker(0));
    runtime.wake_at(now.checked_sub(SHORT).unwrap_or(now), &log.waker(1));
    assert_eq!(log.len(), 0, "a timer fires from the loop, not inside `wake_at`");
    turn_until(&mut subject, LONG, "what is past fires at once", || log.len() == 2);
    assert_eq!(log.take(), [1, 0], "order of deadline");
}

/// A timer that arms itself again in the past must not keep the loop from what else there is.
fn armed_by_a_waker<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let (past, fired) = (runtime.now(), Log::default());
    let (count, this) = (fired.clone(), Arc::new(Mutex::new(None::<Waker>)));
    let itself = this.clone();
    let again = waker(OnWake(move || {
        count.add(0);
        assert!(count.len() < 1000, "a timer that arms itself again in the past fires for ever");
        let runtime = tulipa_rt::try_current().expect("timers fire with their loop as current");
        let waker = itself.lock().unwrap_or_else(PoisonError::into_inner).clone();
        runtime.wake_at(past, &waker.expect("set below"));
    }));
    *this.lock().unwrap_or_else(PoisonError::into_inner) = Some(again.clone());
    runtime.wake_at(past, &again);
    for run in 1..100 {
        let ran = log.clone();
        runtime.call_soon(Box::new(move || ran.add(0)));
        turn_until(&mut subject, LONG, "callbacks run beside a timer", || log.len() == run);
    }
    assert!(fired.len() > 1, "what a waker arms in the past fires");
    this.lock().unwrap_or_else(PoisonError::into_inner).take();
}

/// The last instant there is: the sum of all powers of two that fit.
fn last_instant(runtime: &dyn Clock) -> Instant {
    let seconds = (0..64).rev().map(|power| Duration::from_secs(1 << power));
    seconds.fold(runtime.now(), |at, step| at.checked_add(step).unwrap_or(at))
}

fn far_future<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let far = CountingWaker::new();
    let ids = [runtime.now() + century, last_instant(&*runtime)]
        .map(|deadline| runtime.wake_at(deadline, far.waker()));
    subject.turn(SHORT);
    let near = CountingWaker::new();
    runtime.wake_at(runtime.now() + MILLISECOND, near.waker());
    turn_until(&mut subject, LONG, "a near timer fires beside a far one", || near.wakes() > 0);
    assert_eq!(far.wakes(), 0, "a timer of the far future has fired");
    assert!(ids.into_iter().all(|id| runtime.cancel(id)), "far timers are armed");
}

fn set_waker<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let [first, second, late] = std::array::from_fn(|_| CountingWaker::new());
    let id = runtime.wake_at(runtime.now() + MILLISECOND, first.waker());
    assert!(runtime.set_waker(id, first.waker()), "armed, with the same waker");
    assert!(runtime.set_waker(id, second.waker()), "armed, with another waker");
    assert_eq!(first.clones(), 0, "the waker that was replaced is let go");
    turn_until(&mut subject, SHORT, "a timer fires", || second.wakes() > 0);
    assert_eq!((first.wakes(), second.wakes()), (0, 1), "the last waker that was set is woken");
    assert!(!runtime.set_waker(id, late.waker()), "it has fired");
    let id = runtime.wake_at(runtime.now() + MILLISECOND, first.waker());
    runtime.cancel(id);
    assert!(!runtime.set_waker(id, late.waker()), "it was cancelled");
    subject.pass_time(SHORT);
    settle(&mut subject);
    assert_eq!((late.wakes(), late.clones()), (0, 0), "a waker that was refused is not kept");
}

fn set_waker_keeps_the_place<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    let deadline = runtime.now() + MILLISECOND;
    let ids = [9, 9, 9].map(|event| runtime.wake_at(deadline, &log.waker(event)));
    for place in [2, 0, 1] {
        assert!(runtime.set_waker(ids[place], &log.waker(place)), "it is armed");
    }
    turn_until(&mut subject, SHORT, "timers fire", || log.len() == ids.len());
    assert_eq!(log.take(), [0, 1, 2], "another waker is not another timer");
}

fn cancel<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let [kept, cancelled] = std::array::from_fn(|_| CountingWaker::new());
    let deadline = runtime.now() + MILLISECOND;
    let id = runtime.wake_at(deadline, cancelled.waker());
    let fires = runtime.wake_at(deadline, kept.waker());
    assert!(runtime.cancel(id), "it was armed");
    assert_eq!(cancelled.clones(), 0, "a timer that was cancelled keeps no waker");
    assert!(!runtime.cancel(id), "it was cancelled before");
    turn_until(&mut subject, SHORT, "a timer fires", || kept.wakes() > 0);
    assert!(!runtime.cancel(fires), "it has fired");
    subject.pass_time(SHORT);
    settle(&mut subject);
    assert_eq!(cancelled.wakes(), 0, "a timer that was cancelled does not fire");
}

fn stale_ids<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let [old, new] = std::array::from_fn(|_| CountingWaker::new());
    let far = runtime.now() + LONG;
    let mut stale: Vec<_> = (0..8).map(|_| runtime.wake_at(far, old.waker())).collect();
    assert!(stale.iter().all(|id| runtime.cancel(*id)), "they were armed");
    stale.push(runtime.wake_at(runtime.now(), old.waker()));
    turn_until(&mut subject, SHORT, "a timer fires", || old.wakes() > 0);

    let deadline = runtime.now() + MILLISECOND;
    let ids: Vec<_> = (0..16).map(|_| runtime.wake_at(deadline, new.waker())).collect();
    assert!(!ids.iter().any(|id| stale.contains(id)), "an id is given out once");
    for id in stale {
        assert!(!runtime.set_waker(id, old.waker()), "the timer of an old id is gone");
        assert!(!runtime.cancel(id), "the timer of an old id is gone");
    }
    turn_until(&mut subject, SHORT, "new timers fire", || new.wakes() == ids.len());
    assert_eq!((old.wakes(), old.clones()), (1, 0), "an old id does not reach a new timer");
}

fn used_by_a_dropped_waker<S: Subject>(mut subject: S) {
    let (runtime, log) = (subject.runtime(), Log::default());
    // What the last owner of a waker does as the waker goes: here, to arm a timer.
    let arms_as_it_drops = |event| {
        let log = log.clone();
        let on_drop = super::OnDrop(move || {
            if let Ok(runtime) = tulipa_rt::try_current() {
                runtime.wake_at(runtime.now(), &log.waker(event));
            }
        });
        waker(OnWake(move || {
            let _held = &on_drop;
        }))
    };
    tulipa_rt::enter(runtime.clone(), || {
        let far = runtime.now() + LONG;
        let id = runtime.wake_at(far, &arms_as_it_drops(0));
        assert!(runtime.set_waker(id, &arms_as_it_drops(1)), "it is armed");
        assert!(runtime.cancel(id), "it is armed");
    });
    runtime.wake_at(runtime.now(), &arms_as_it_drops(2));
    turn_until(&mut subject, SHORT, "timers fire", || log.len() == 3);
    assert_eq!(log.take(), [0, 1, 2], "a waker may use the timers as it is dropped");
}
