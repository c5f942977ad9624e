//! S-WAIT: when it is enough, what it gives back, what it leaves alone.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use futures_core::FusedFuture;
use tulipa_cancel::catch_cancel;
use tulipa_combine::{ReturnWhen, Waitable, wait};
use tulipa_task::{CallbackId, Promise, Task, create_task};
use tulipa_test::TestLoop;
use tulipa_time::{sleep, timeout, yield_now};

use crate::allocations::live_bytes;
use crate::support::{
    Stopwatch, after, cancelled_after, fail, fail_after, poll_once, run, run_reporting, seconds,
};

fn tasks<const N: usize>(times: [u64; N]) -> [Task<u64>; N] {
    times.map(|time| create_task(after(time, time)))
}

fn values(tasks: &[impl std::borrow::Borrow<Task<u64>>]) -> Vec<u64> {
    tasks.iter().map(|task| *task.borrow().result().unwrap()).collect()
}

/// S-WAIT-1
#[test]
fn at_its_timeout_it_gives_back_what_is_pending_and_cancels_nothing() {
    run(async {
        let clock = Stopwatch::start();
        let (done, pending) = wait(tasks([1, 5, 2, 9])).timeout(seconds(3)).await;
        assert_eq!((values(&done), clock.seconds()), (vec![1, 2], 3));
        assert!(pending.iter().all(|task| task.cancelling() == 0));
        let (done, pending) = wait(pending).await;
        assert_eq!((values(&done), pending.len()), (vec![5, 9], 0));
    });
}

/// S-WAIT-1
#[test]
fn cancelling_it_leaves_the_tasks_alone() {
    run(async {
        let nap = create_task(after(3, "slept"));
        let view = nap.task_ref();
        let waiter = create_task(async move { wait([nap]).await.0 });
        sleep(seconds(1)).await;
        waiter.cancel();
        assert!(waiter.await.unwrap_err().is_cancelled());
        assert!(!view.done() && view.cancelling() == 0);
        sleep(seconds(3)).await;
        assert!(view.done() && !view.cancelled());
    });
}

/// S-WAIT-1
#[test]
fn it_raises_no_error_of_theirs() {
    let ((), reports) = run_reporting(async {
        let failing = create_task(fail_after(1, "kept for later"));
        let cancelled = create_task(cancelled_after(1));
        let (mut done, _) = wait([failing, cancelled]).await;
        assert!(done[0].panicked() && done[1].cancelled());
        assert_eq!((&mut done[0]).await.unwrap_err().panic_message(), Some("kept for later"));
        let unread = create_task(fail_after(1, "unread"));
        drop(wait([unread]).await);
    });
    assert_eq!(reports, ["Task exception was never retrieved: unread"]);
}

/// S-WAIT-2
#[test]
fn first_completed_may_give_several() {
    run(async {
        let clock = Stopwatch::start();
        let waiting = wait(tasks([4, 2, 2, 7])).return_when(ReturnWhen::FirstCompleted);
        let (done, pending) = waiting.await;
        assert_eq!((values(&done), pending.len(), clock.seconds()), (vec![2, 2], 2, 2));
    });
}

/// S-WAIT-3
#[test]
fn first_exception_ends_at_a_panic_and_not_at_a_cancellation() {
    let ((), reports) = run_reporting(async {
        let clock = Stopwatch::start();
        let all = [
            create_task(cancelled_after(1)),
            create_task(after(2, ())),
            create_task(fail_after(3, "third")),
            create_task(after(4, ())),
        ];
        let (done, pending) = wait(all).return_when(ReturnWhen::FirstException).await;
        assert_eq!((done.len(), pending.len(), clock.seconds()), (3, 1, 3));
        assert!(done[2].panicked());
    });
    assert_eq!(reports, ["Task exception was never retrieved: third"], "to look is not to read");
}

/// S-WAIT-3
#[test]
fn first_exception_sees_one_that_is_there_already() {
    run(async {
        let clock = Stopwatch::start();
        let failed = create_task(async { fail("before") });
        let sleeper = create_task(after(9, ()));
        yield_now().await;
        let failed_first = async {
            let both: [&dyn Waitable; 2] = [&sleeper, &failed];
            wait(both).return_when(ReturnWhen::FirstException).await.0.len()
        };
        assert_eq!((failed_first.await, clock.seconds()), (1, 0));
        assert!(failed.await.map(|never: std::convert::Infallible| never).is_err());
    });
}

/// S-WAIT-3
#[test]
fn first_exception_without_one_is_all_completed() {
    run(async {
        let clock = Stopwatch::start();
        let all = [create_task(cancelled_after(1)), create_task(after(4, ()))];
        let (done, pending) = wait(all).return_when(ReturnWhen::FirstException).await;
        assert_eq!((done.len(), pending.len(), clock.seconds()), (2, 0, 4));
    });
}

/// S-WAIT-3
#[test]
fn first_exception_of_a_promise_is_its_exception() {
    run(async {
        let promises = [(); 4].map(|()| Promise::<u32>::new());
        let [a, b, c, _] = promises.clone();
        create_task(async move {
            a.set_result(1).unwrap();
            yield_now().await;
            b.cancel();
            yield_now().await;
            c.set_exception("wrong").unwrap();
            c.exception().unwrap();
        })
        .detach();
        let (done, pending) = wait(&promises).return_when(ReturnWhen::FirstException).await;
        assert_eq!((done.len(), pending.len()), (3, 1));
        assert!(done[2].failed());
    });
}

/// S-WAIT-4
#[test]
fn with_everything_done_it_takes_one_iteration() {
    for return_when in
        [ReturnWhen::FirstCompleted, ReturnWhen::FirstException, ReturnWhen::AllCompleted]
    {
        run(async move {
            let mut all = tasks([1, 1]);
            wait(&mut all).await;
            let other = create_task(async {});
            assert_eq!(wait(&all).return_when(return_when).await.0.len(), 2);
            assert!(other.done(), "one iteration");
        });
    }
}

/// S-WAIT-4
#[test]
fn a_timeout_of_zero_takes_one_iteration() {
    run(async {
        let other = create_task(async {});
        let sleeper = create_task(after(1, ()));
        let (done, pending) = wait([&other, &sleeper]).timeout(Duration::ZERO).await;
        assert!(other.done() && !sleeper.done());
        assert_eq!((done.len(), pending.len()), (1, 1));
    });
}

/// Other than in asyncio, where it is an error.
#[test]
fn waiting_for_nothing_gives_two_empty_lists_an_iteration_later() {
    run(async {
        let other = create_task(async {});
        let (done, pending) = wait(Vec::<Task<()>>::new()).await;
        assert!(done.is_empty() && pending.is_empty() && other.done());
    });
}

/// Other than in asyncio, whose set holds each once.
#[test]
fn one_given_twice_comes_back_twice() {
    run(async {
        let task = create_task(after(1, ()));
        let (done, pending) = wait([&task, &task]).await;
        assert_eq!((done.len(), pending.len()), (2, 0));
    });
}

#[test]
fn the_timeout_counts_from_the_first_poll() {
    run(async {
        let clock = Stopwatch::start();
        let waiting = wait(tasks([9])).timeout(seconds(3));
        sleep(seconds(2)).await;
        let (done, _) = waiting.await;
        assert_eq!((done.len(), clock.seconds()), (0, 5));
    });
}

#[test]
fn a_timeout_beyond_the_clock_is_none() {
    run(async {
        let (done, _) = wait(tasks([3])).timeout(Duration::MAX).await;
        assert_eq!(values(&done), [3]);
    });
}

#[test]
fn both_lists_keep_the_order_of_the_arguments() {
    run(async {
        let all = tasks([3, 8, 1, 9, 2]);
        let (done, pending) = wait(&all).timeout(seconds(5)).await;
        assert_eq!(values(&done), [3, 1, 2]);
        wait(&pending).await;
        assert_eq!(values(&pending), [8, 9]);
    });
}

#[test]
fn mutable_references_give_the_handles_back_to_be_awaited() {
    run(async {
        let mut all = tasks([1, 2]);
        let (mut done, _) = wait(&mut all).return_when(ReturnWhen::FirstCompleted).await;
        assert_eq!((&mut *done[0]).await.unwrap(), 1);
        let [_, second] = all;
        assert_eq!(second.await.unwrap(), 2);
    });
}

#[test]
fn promises_may_be_waited_for_by_value_and_stay_settable() {
    run(async {
        let promises = [Promise::new(), Promise::new()];
        let [first, second] = promises.clone();
        first.set_result(1).unwrap();
        let (done, pending) = wait(promises).timeout(seconds(1)).await;
        assert_eq!(done[0].result().unwrap(), 1);
        second.set_result(2).unwrap();
        assert_eq!(pending[0].result().unwrap(), 2);
    });
}

#[test]
fn one_that_is_done_before_its_callback_ran_counts_as_done() {
    run(async {
        let promises = [(); 2].map(|()| Promise::<()>::new());
        let [first, second] = promises.clone();
        first.add_done_callback(move |_| second.set_result(()).unwrap());
        create_task(async move { first.set_result(()).unwrap() }).detach();
        let (done, _) = wait(&promises).return_when(ReturnWhen::FirstCompleted).await;
        assert_eq!(done.len(), 2);
    });
}

/// Memory of the thousandth wait on one pending task is that of the first.
#[test]
fn ended_or_dropped_it_leaves_no_callback_behind() {
    run(async {
        let task = create_task(pending::<()>());
        let promise = Promise::<()>::new();
        let once = async || {
            wait([&task]).timeout(seconds(1)).await;
            wait([&promise]).timeout(seconds(1)).await;
            let mut dropped = wait([&task]);
            assert!(poll_once(&mut dropped).await.is_pending());
            drop(dropped);
            assert!(timeout(seconds(1), wait([&promise])).await.is_err());
        };
        once().await;
        let before = live_bytes();
        for _ in 0..1000 {
            once().await;
        }
        assert_eq!(live_bytes(), before);
        task.cancel();
    });
}

/// A type of one's own that can be waited for; it counts who listens to it.
#[derive(Clone)]
struct Signal {
    promise: Promise<()>,
    listeners: Rc<Cell<isize>>,
}

impl Waitable for Signal {
    fn is_done(&self) -> bool {
        self.promise.is_done()
    }

    fn has_failed(&self) -> bool {
        self.promise.has_failed()
    }

    fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId {
        self.listeners.set(self.listeners.get() + 1);
        self.promise.when_done(callback)
    }

    fn forget(&self, callback: CallbackId) {
        self.listeners.set(self.listeners.get() - 1);
        self.promise.forget(callback);
    }
}

#[test]
fn other_types_may_be_waited_for_and_are_told_to_forget() {
    run(async {
        let new = || Signal { promise: Promise::new(), listeners: Rc::default() };
        let signals = [new(), new()];
        let waiter = create_task(wait(signals.clone()).return_when(ReturnWhen::FirstCompleted));
        yield_now().await;
        assert!(signals.iter().all(|signal| signal.listeners.get() == 1));
        signals[1].promise.set_result(()).unwrap();
        let (done, pending) = waiter.await.unwrap();
        assert!(done[0].promise.done() && !pending[0].promise.done());
        assert!(signals.iter().all(|signal| signal.listeners.get() == 0));
    });
}

#[test]
fn it_is_terminated_when_it_gave_the_tasks_back() {
    run(async {
        let mut waiting = wait(tasks([1]));
        assert!(!waiting.is_terminated());
        assert_eq!(
            format!("{waiting:?}"),
            "Wait { items: 1, pending: 0, return_when: AllCompleted, .. }"
        );
        (&mut waiting).await;
        assert!(waiting.is_terminated());
    });
}

#[test]
#[should_panic(expected = "a wait was polled after it gave its tasks back")]
fn polling_it_after_its_end_is_an_error() {
    run(async {
        let mut waiting = wait(tasks([1]));
        (&mut waiting).await;
        waiting.await;
    });
}

#[test]
fn caught_and_awaited_again_it_goes_on() {
    run(async {
        let waiter = create_task(async {
            let mut waiting = wait(tasks([4]));
            catch_cancel(&mut waiting).await.unwrap_err().suppress();
            values(&waiting.await.0)
        });
        sleep(seconds(1)).await;
        waiter.cancel();
        assert_eq!(waiter.await.unwrap(), [4]);
    });
}

/// A loop that closes drops the waiter and what it waits for in whatever order.
#[test]
fn a_loop_that_closes_takes_it_along() {
    let before = live_bytes();
    for _ in 0..2 {
        let test_loop = TestLoop::new();
        test_loop.create_task(async { wait([create_task(pending::<()>())]).await }).detach();
        test_loop.create_task(async { fail("unseen") }).detach();
        test_loop.run_until_stalled();
        assert_eq!(test_loop.take_reports().len(), 1);
    }
    assert_eq!(live_bytes(), before);
}
