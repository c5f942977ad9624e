//! Scenarios cancelled at every suspension of their victim, before and after its wake-up: nothing
//! hangs, nothing is left, and what must run does.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use futures_lite::future::{or, zip};
use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{ConcurrentError, Promise, Task, create_task, submission};
use tulipa_test::{CancelPoint, cancel_at_every_suspension};
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::OnDrop;

const SECOND: Duration = Duration::from_secs(1);

#[derive(Clone, Default)]
struct Count(Rc<Cell<usize>>);

impl Count {
    fn add(&self) {
        self.0.set(self.0.get() + 1);
    }

    fn get(&self) -> usize {
        self.0.get()
    }
}

/// Runs the victim in a task of its own; says whether it ended with a value.
async fn run_victim(point: &CancelPoint, victim: impl Future<Output = ()> + 'static) -> bool {
    let (point, hit) = (point.clone(), point.clone());
    let ended = create_task(async move { point.victim(victim).await }).await;
    assert!(ended.is_ok() || hit.hit(), "only the request cancels");
    ended.is_ok()
}

#[test]
fn a_task_that_awaits_a_task() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let (begun, cleaned) = (Count::default(), Count::default());
        let (child_begun, child_cleaned) = (begun.clone(), cleaned.clone());
        run_victim(&point, async move {
            yield_now().await;
            let child = create_task(async move {
                child_begun.add();
                let work = async {
                    sleep(SECOND).await;
                    yield_now().await;
                };
                work.finally(async || {
                    sleep(SECOND).await;
                    child_cleaned.add();
                })
                .await;
            });
            child.await.unwrap();
        })
        .await;
        assert_eq!(begun.get(), cleaned.get(), "a child that began has cleaned up");
    });
    assert!(suspensions >= 2, "{suspensions}");
}

#[test]
fn a_chain_of_three_tasks() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let ends = Count::default();
        let [middle_ends, bottom_ends] = [ends.clone(), ends.clone()];
        run_victim(&point, async move {
            let middle = create_task(async move {
                let bottom = create_task(async move {
                    sleep(SECOND).finally(async || bottom_ends.add()).await;
                });
                bottom.finally(async || middle_ends.add()).await.unwrap();
            });
            middle.await.unwrap();
        })
        .await;
        assert!([0, 1, 2].contains(&ends.get()));
    });
    assert_eq!(suspensions, 1);
}

#[test]
fn a_task_that_awaits_a_promise() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let promise = Promise::new();
        let called = Count::default();
        promise.add_done_callback({
            let called = called.clone();
            move |_| called.add()
        });
        let awaited = promise.clone();
        let setter = create_task({
            let promise = promise.clone();
            async move {
                sleep(SECOND).await;
                promise.set_result(7).is_ok()
            }
        });
        let ended = run_victim(&point, async move {
            yield_now().await;
            assert_eq!(awaited.await.unwrap(), 7);
        })
        .await;
        let set = setter.await.unwrap();
        assert!(promise.done() && set != promise.cancelled());
        assert!(set || !ended, "a cancelled promise means a cancelled awaiter");
        yield_now().await;
        assert_eq!(called.get(), 1);
    });
    assert!(suspensions >= 2, "{suspensions}");
}

#[test]
fn two_awaiters_of_one_promise() {
    cancel_at_every_suspension(|point| async move {
        let promise = Promise::new();
        let other = create_task(promise.clone());
        let setter = create_task({
            let promise = promise.clone();
            async move {
                yield_now().await;
                promise.set_result(1).is_ok()
            }
        });
        let awaited = promise.clone();
        run_victim(&point, async move { assert!(awaited.await.is_ok()) }).await;
        let set = setter.await.unwrap();
        assert_eq!(other.await.unwrap().is_ok(), set, "both awaiters see the same end");
    });
}

#[test]
fn catch_and_finally_around_each_other() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let (inner, outer) = (Count::default(), Count::default());
        let (in_inner, in_outer) = (inner.clone(), outer.clone());
        run_victim(&point, async move {
            let body = async {
                let work = async {
                    yield_now().await;
                    sleep(SECOND).await;
                };
                let cleaned = work.finally(async || {
                    yield_now().await;
                    in_inner.add();
                });
                if let Err(cancelled) = catch_cancel(cleaned).await {
                    sleep(SECOND).await;
                    cancelled.resume().await;
                }
                yield_now().await;
            };
            body.finally(async || {
                yield_now().await;
                in_outer.add();
            })
            .await;
        })
        .await;
        let counts = (inner.get(), outer.get());
        // One request may interrupt one cleanup; the other has run.
        assert!([(1, 1), (0, 1), (1, 0)].contains(&counts), "{counts:?}");
    });
    assert!(suspensions >= 5, "{suspensions}");
}

#[test]
fn a_body_that_suppresses_always_gives_its_value() {
    cancel_at_every_suspension(|point| async move {
        let ended = run_victim(&point, async {
            match catch_cancel(sleep(SECOND)).await {
                Ok(()) => {}
                Err(cancelled) => cancelled.suppress(),
            }
        })
        .await;
        assert!(ended);
    });
}

#[test]
fn a_timeout_around_a_task() {
    for limit in [SECOND / 2, 3 * SECOND] {
        cancel_at_every_suspension(move |point| async move {
            let cleaned = Count::default();
            let in_child = cleaned.clone();
            run_victim(&point, async move {
                let work = create_task(sleep(2 * SECOND).finally(async move || {
                    sleep(SECOND / 4).await;
                    in_child.add();
                }));
                let _ = timeout(limit, work).await;
                yield_now().await;
            })
            .await;
            assert!(cleaned.get() <= 1);
        });
    }
}

#[test]
fn two_tasks_awaited_together() {
    cancel_at_every_suspension(|point| async move {
        let (begun, cleaned) = (Count::default(), Count::default());
        let (in_begun, in_cleaned) = (begun.clone(), cleaned.clone());
        run_victim(&point, async move {
            let child = || {
                let (begun, cleaned) = (in_begun.clone(), in_cleaned.clone());
                create_task(async move {
                    begun.add();
                    sleep(SECOND).finally(async || cleaned.add()).await;
                })
            };
            let (a, b) = zip(child(), child()).await;
            a.and(b).unwrap();
        })
        .await;
        sleep(2 * SECOND).await;
        assert_eq!(begun.get(), cleaned.get());
    });
}

#[test]
fn done_callbacks_of_a_cancelled_task_run_once() {
    cancel_at_every_suspension(|point| async move {
        let (called, chained) = (Count::default(), Promise::new());
        let victim = create_task(async move {
            point
                .victim(async {
                    yield_now().await;
                    sleep(SECOND).await;
                })
                .await;
        });
        victim.add_done_callback({
            let (called, chained) = (called.clone(), chained.clone());
            move |task| {
                assert!(task.done());
                called.add();
                chained.set_result(task.cancelled()).unwrap();
            }
        });
        let gone = victim.add_done_callback(|_| unreachable!("taken back"));
        assert!(victim.remove_done_callback(gone));
        assert_eq!(chained.await.unwrap(), victim.cancelled());
        assert_eq!(called.get(), 1);
    });
}

#[test]
fn a_detached_child_outlives_its_cancelled_parent() {
    cancel_at_every_suspension(|point| async move {
        let (done, began) = (Promise::new(), Rc::new(Cell::new(false)));
        let (in_child, in_victim) = (done.clone(), began.clone());
        run_victim(&point, async move {
            in_victim.set(true);
            create_task(async move {
                sleep(SECOND).await;
                in_child.set_result(()).unwrap();
            })
            .detach();
            yield_now().await;
        })
        .await;
        if began.get() {
            done.await.unwrap();
        }
    });
}

/// Sleeps, and cleans up after that for a second.
fn child(begun: &Count, ended: &Count) -> Task<()> {
    let (begun, ended) = (begun.clone(), ended.clone());
    create_task(async move {
        begun.add();
        let _told = OnDrop(|| ended.add());
        sleep(SECOND).finally(async || sleep(SECOND).await).await;
    })
}

#[test]
fn a_task_awaited_by_reference_is_there_to_be_awaited_again() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let (begun, ended) = (Count::default(), Count::default());
        let (in_begun, in_ended) = (begun.clone(), ended.clone());
        let victim = run_victim(&point, async move {
            let mut child = child(&in_begun, &in_ended);
            match catch_cancel(&mut child).await {
                Ok(result) => result.unwrap(),
                Err(token) => {
                    // It has passed the request on, and waited for the end.
                    assert!(child.await.unwrap_err().is_cancelled());
                    assert_eq!(in_begun.get(), in_ended.get());
                    token.suppress();
                }
            }
        });
        assert!(victim.await);
        assert_eq!(begun.get(), ended.get());
    });
    assert_eq!(suspensions, 1);
}

#[test]
fn a_task_whose_await_lost_a_race_is_awaited_again() {
    for time in [SECOND / 2, SECOND + SECOND / 2] {
        let suspensions = cancel_at_every_suspension(move |point| async move {
            let (begun, ended) = (Count::default(), Count::default());
            let (in_begun, in_ended) = (begun.clone(), ended.clone());
            let victim = run_victim(&point, async move {
                let mut child = child(&in_begun, &in_ended);
                or(async { drop((&mut child).await) }, sleep(time)).await;
                child.await.unwrap();
            });
            assert!(victim.await || point.hit());
            assert_eq!(begun.get(), ended.get(), "it has waited for the child");
        });
        assert_eq!(suspensions, 2);
    }
}

/// The task on the other loop goes on, whatever becomes of the one who awaits it here.
#[test]
fn the_future_of_a_submission_by_value_and_by_reference() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let ended = Arc::new(AtomicUsize::new(0));
        let [first, second] = [1, 2].map(|time| {
            let ended = ended.clone();
            let (job, future) = submission(async move || {
                sleep(time * SECOND).await;
                yield_now().await;
                ended.fetch_add(1, Relaxed)
            });
            job();
            future
        });
        let kept = Rc::new(RefCell::new(second));
        let awaited = kept.clone();
        run_victim(&point, async move {
            first.await.unwrap();
            poll_fn(|cx| Pin::new(&mut *awaited.borrow_mut()).poll(cx)).await.unwrap();
        })
        .await;
        sleep(3 * SECOND).await;
        assert_eq!(ended.load(Relaxed), 2);
        let kept = Rc::into_inner(kept).expect("the victim has ended").into_inner();
        // Taken by the victim, or still there.
        assert!(matches!(kept.await, Ok(_) | Err(ConcurrentError::Taken)));
    });
    assert_eq!(suspensions, 2);
}
