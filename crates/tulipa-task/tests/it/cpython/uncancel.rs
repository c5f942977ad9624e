//! `test_cancelling` and the `test_uncancel*` tests of `test_tasks.BaseTaskTests`.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa_cancel::catch_cancel;
use tulipa_task::{Promise, create_task, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::join;

const TEN: Duration = Duration::from_secs(10);

/// `test_tasks.BaseTaskTests.test_cancelling`
#[test]
fn cancelling() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(sleep(TEN));
    assert_eq!(task.cancelling(), 0);
    assert!(!format!("{task:?}").contains(" cancelling "));
    assert!(task.cancel());
    assert_eq!(task.cancelling(), 1);
    assert!(format!("{task:?}").contains(" cancelling "));
    assert!(task.cancel(), "a second request is a request");
    test_loop.turn();
    assert!(task.cancelled());
}

/// `test_tasks.BaseTaskTests.test_uncancel_basic`
#[test]
fn uncancel_basic() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        if let Err(cancelled) = catch_cancel(sleep(TEN)).await {
            cancelled.suppress();
            current_task().unwrap().uncancel();
            sleep(TEN).await;
        }
    });
    test_loop.run_until_stalled();

    // Cancel the first sleep.
    assert!(task.cancel());
    assert!(format!("{task:?}").contains(" cancelling "));
    assert_eq!((task.cancelling(), task.cancelled()), (1, false));
    test_loop.run_until_stalled();

    // After `uncancel`.
    assert!(!format!("{task:?}").contains(" cancelling "));
    assert_eq!((task.cancelling(), task.cancelled()), (0, false));

    // Cancel the second sleep.
    assert!(task.cancel());
    assert_eq!((task.cancelling(), task.cancelled()), (1, false));
    test_loop.run_until_stalled();
    assert!(task.cancelled() && task.done());

    // Once it has ended, it has no effect.
    task.uncancel();
    assert!(task.cancelled() && task.done());
}

/// A timeout made by hand: a timer cancels the task, who gives the request back and goes on.
/// Returns whether it timed out, whether the block ended, whether the code after it ran.
async fn request_with_timeout(work: Duration, timeout: Duration) -> (bool, bool, bool) {
    let me = current_task().unwrap();
    let timed_out = Rc::new(Cell::new(false));
    let timer = create_task({
        let (me, timed_out) = (me.clone(), timed_out.clone());
        async move {
            sleep(timeout).await;
            timed_out.set(true);
            me.cancel();
        }
    });
    let block = catch_cancel(sleep(work)).await;
    timer.cancel();
    let finished = match block {
        Ok(()) => true,
        Err(cancelled) if timed_out.get() && me.uncancel() == 0 => {
            cancelled.suppress();
            false
        }
        Err(cancelled) => cancelled.resume().await,
    };
    yield_now().await;
    (timed_out.get(), finished, true)
}

/// `test_tasks.BaseTaskTests.test_uncancel_structured_blocks`
#[test]
fn uncancel_structured_blocks() {
    for (work, timeout, expected) in [(10, 1, (true, false, true)), (0, 10, (false, true, true))] {
        let test_loop = TestLoop::new();
        let [work, timeout] = [work, timeout].map(Duration::from_secs);
        let task = test_loop.create_task(request_with_timeout(work, timeout));
        test_loop.advance(2 * TEN);
        assert_eq!(task.cancelling(), 0);
        assert_eq!(join(task).unwrap(), expected);
    }
}

/// `test_tasks.BaseTaskTests.test_uncancel_structured_blocks`, with a cancel from outside as well:
/// the rules that its comments give.
#[test]
fn a_cancel_from_outside_is_not_taken_for_the_timeout() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(request_with_timeout(TEN, TEN / 10));
    test_loop.run_until_stalled();
    task.cancel();
    test_loop.advance(2 * TEN);
    assert!(task.cancelled());
    assert_eq!(task.cancelling(), 1);
}

/// `test_tasks.BaseTaskTests.test_uncancel_resets_must_cancel`
#[test]
fn uncancel_withdraws_what_was_not_delivered() {
    run(async {
        let promise = Promise::new();
        let waited_for = promise.clone();
        let task = create_task(async move {
            waited_for.await.unwrap();
            yield_now().await;
            42
        });
        yield_now().await;
        promise.set_result(()).unwrap();
        task.cancel();
        assert_eq!(task.cancelling(), 1);
        assert_eq!((task.uncancel(), task.cancelling()), (0, 0));
        assert_eq!(task.await.unwrap(), 42);
    });
}
