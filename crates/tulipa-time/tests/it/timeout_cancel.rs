//! A timeout in a task that is cancelled from outside, also at each of its suspensions.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{TaskRef, create_task};
use tulipa_test::{CancelPoint, TestLoop, cancel_at_every_suspension};
use tulipa_time::{sleep, timeout, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// asyncio statement S-WAITFOR-7.
#[test]
fn a_cancellation_from_outside_passes_through() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let log = Rc::new(RefCell::new(Vec::new()));
    let inner = log.clone();
    let ended = test_loop.run_until_complete(async move {
        let task = create_task(async move {
            let cleanup = async || {
                sleep(SECOND).await;
                inner.borrow_mut().push("cleanup");
            };
            let result = timeout(60 * SECOND, pending::<()>().finally(cleanup)).await;
            inner.borrow_mut().push("after the timeout"); // never
            result
        });
        sleep(SECOND).await;
        task.cancel();
        task.await.unwrap_err().is_cancelled()
    });
    assert_eq!((ended, log.take()), (Ok(true), vec!["cleanup"]), "never a timeout error");
    assert_eq!(test_loop.now() - start, 2 * SECOND);
    assert_eq!(test_loop.armed_timers(), 0);
}

/// asyncio statement S-TIMEOUT-6: the cancellation passes through. If the deadline is seen first,
/// it is told first, and the cancellation ends the task at its next suspension.
#[test]
fn a_deadline_and_a_cancellation_in_one_iteration() {
    for cancelled_first in [true, false] {
        let test_loop = TestLoop::new();
        let [told, ran_on] = [(); 2].map(|()| Rc::new(Cell::new(false)));
        let flags = [told.clone(), ran_on.clone()];
        let handle = Rc::new(RefCell::new(None::<TaskRef>));
        let cancels = handle.clone();
        let canceller = async move {
            sleep(SECOND).await;
            assert!(cancels.take().expect("set below").cancel());
        };
        let victim = async move {
            flags[0].set(timeout(SECOND, pending::<()>()).await.is_err());
            sleep(SECOND).await;
            flags[1].set(true);
        };
        // Both timers are due at one instant and fire in the order in which they were armed.
        let task = if cancelled_first {
            test_loop.create_task(canceller).detach();
            test_loop.create_task(victim)
        } else {
            let task = test_loop.create_task(victim);
            test_loop.create_task(canceller).detach();
            task
        };
        *handle.borrow_mut() = Some(task.task_ref());
        test_loop.advance(10 * SECOND);
        assert!(task.cancelled() && !ran_on.get());
        assert_eq!(told.get(), !cancelled_first);
        assert_eq!((test_loop.pending_tasks(), test_loop.armed_timers()), (0, 0));
    }
}

/// The same, with a cleanup inside: the task's own cancellation is the outermost and wins.
#[test]
fn a_cancellation_before_the_deadline_is_seen_wins() {
    let test_loop = TestLoop::new();
    let returned = Rc::new(Cell::new(false));
    let flag = returned.clone();
    let task = test_loop.create_task(async move {
        let body = pending::<()>().finally(async || ());
        let _ = timeout(SECOND, body).await;
        flag.set(true);
        yield_now().await;
    });
    test_loop.turn();
    task.cancel();
    test_loop.advance(SECOND);
    assert!(task.cancelled() && !returned.get(), "no timeout error was told");
}

#[test]
fn an_old_cancellation_that_was_suppressed_does_not_matter() {
    // asyncio statement S-TIMEOUT-5.
    let test_loop = TestLoop::new();
    let result = test_loop.run_until_complete(async {
        let task = create_task(async {
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
            timeout(SECOND, pending::<()>()).await.is_err()
        });
        yield_now().await;
        task.cancel();
        task.await.unwrap()
    });
    assert_eq!(result, Ok(true));
}

/// Runs the victim in a task of its own, to whatever end.
async fn in_a_task<F: Future<Output = ()> + 'static>(point: CancelPoint, victim: F) {
    let _ = create_task(async move { point.victim(victim).await }).await;
}

/// What was begun and what was cleaned up.
#[derive(Clone, Default)]
struct Balance(Rc<Cell<i32>>);

impl Balance {
    fn open(&self) {
        self.0.set(self.0.get() + 1);
    }

    fn close(&self) {
        self.0.set(self.0.get() - 1);
    }
}

#[test]
fn cancelled_anywhere_nothing_is_left_of_a_timeout_that_does_not_fire() {
    let suspensions = cancel_at_every_suspension(|point| {
        in_a_task(point, async {
            let body = async {
                sleep(SECOND).await;
                yield_now().await;
                sleep(SECOND).await;
            };
            timeout(60 * SECOND, body).await.unwrap();
        })
    });
    assert_eq!(suspensions, 3, "those of the body, no more");
}

#[test]
fn cancelled_anywhere_nothing_is_left_of_a_timeout_that_fires() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let balance = Balance::default();
        let open = balance.clone();
        in_a_task(point, async move {
            open.open();
            let body = sleep(60 * SECOND).finally(async || open.close());
            let _ = timeout(SECOND, body).await;
        })
        .await;
        assert_eq!(balance.0.get(), 0, "what was opened is closed, once");
    });
    assert_eq!(suspensions, 1);
}

#[test]
fn cancelled_anywhere_awaited_cleanup_runs_once() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let balance = Balance::default();
        let open = balance.clone();
        in_a_task(point, async move {
            open.open();
            let body = sleep(60 * SECOND).finally(async || {
                open.close(); // before it suspends: an interrupted cleanup has begun
                sleep(SECOND).await;
                yield_now().await;
            });
            let _ = timeout(SECOND, body).await;
            yield_now().await;
        })
        .await;
        assert_eq!(balance.0.get(), 0, "what was opened is closed, once");
    });
    assert_eq!(suspensions, 4, "the body, two in the cleanup, one after it");
}

#[test]
fn cancelled_anywhere_nested_timeouts_clean_up() {
    cancel_at_every_suspension(|point| async move {
        let balance = Balance::default();
        let open = balance.clone();
        in_a_task(point, async move {
            let (inner, outer) = (open.clone(), open.clone());
            open.open();
            open.open();
            let body = sleep(60 * SECOND).finally(async || {
                inner.close();
                yield_now().await;
            });
            let middle = async {
                let _ = timeout(SECOND, body).await;
                sleep(60 * SECOND).await;
            };
            let _ = timeout(2 * SECOND, middle.finally(async || outer.close())).await;
        })
        .await;
        assert_eq!(balance.0.get(), 0, "what was opened is closed, once");
    });
}
