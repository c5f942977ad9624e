//! Children that borrow: order, results, cancellation, drops, and a scope that is forgotten.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::pin::pin;

use futures_core::FusedFuture;
use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{Scope, scope};
use tulipa_task::{create_task, current_task};
use tulipa_test::{HandPolled, cancel_at_every_suspension};
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::{Stopwatch, fail, panic_of, run, seconds};

#[test]
fn children_borrow_what_outlives_the_scope_and_are_all_waited_for() {
    run(async {
        let (names, clock) = (vec![String::from("a"), String::from("b")], Stopwatch::start());
        let seen = RefCell::new(Vec::new());
        let value = scope(async |scope| {
            for (time, name) in (1..).zip(&names) {
                let seen = &seen;
                scope.spawn(async move {
                    sleep(seconds(time)).await;
                    seen.borrow_mut().push(name.as_str());
                });
            }
            names.len()
        });
        assert_eq!(value.await, 2);
        assert_eq!((seen.into_inner(), clock.seconds()), (vec!["a", "b"], 2));
    });
}

#[test]
fn children_may_change_what_their_parent_lends_each_of_them() {
    run(async {
        let mut numbers = [1, 2, 3];
        scope(async |scope| {
            for number in &mut numbers {
                scope.spawn(async move {
                    yield_now().await;
                    *number *= 10;
                });
            }
        })
        .await;
        assert_eq!(numbers, [10, 20, 30]);
    });
}

/// The body first, then the older children, then those that are new.
#[test]
fn body_and_children_take_turns_in_the_order_of_their_creation() {
    run(async {
        let log = RefCell::new(String::new());
        let add = |what: &str| log.borrow_mut().push_str(what);
        scope(async |scope| {
            add("b0 ");
            for name in ["x", "y"] {
                scope.spawn(async move {
                    for turn in 0..3 {
                        add(&format!("{name}{turn} "));
                        yield_now().await;
                    }
                });
            }
            for turn in 1..3 {
                yield_now().await;
                add(&format!("b{turn} "));
            }
        })
        .await;
        assert_eq!(log.into_inner(), "b0 x0 y0 b1 x1 y1 b2 x2 y2 ");
    });
}

#[test]
fn a_handle_gives_the_output_and_may_be_dropped() {
    run(async {
        let text = String::from("four");
        let length = scope(async |scope| {
            scope.spawn(yield_now());
            let mut length = scope.spawn(async {
                yield_now().await;
                text.len()
            });
            assert_eq!(format!("{length:?}"), "<ScopedTask pending>");
            let value = (&mut length).await;
            assert!(length.done() && length.is_terminated());
            value
        });
        assert_eq!(length.await, Ok(4));
    });
}

#[test]
fn children_start_others() {
    async fn tree<'env>(scope: Scope<'env>, depth: u32, leaves: &'env Cell<u32>) {
        yield_now().await;
        if depth == 0 {
            leaves.set(leaves.get() + 1);
            return;
        }
        for _ in 0..2 {
            scope.spawn(tree(scope.clone(), depth - 1, leaves));
        }
    }
    run(async {
        let leaves = Cell::new(0);
        scope(async |scope| drop(scope.spawn(tree(scope.clone(), 5, &leaves)))).await;
        assert_eq!(leaves.get(), 32);
    });
}

#[test]
fn a_child_can_be_cancelled_alone_and_cleans_up() {
    run(async {
        let cleaned = Cell::new(false);
        let error = scope(async |scope| {
            let child = scope.spawn(pending::<()>().finally(async || {
                sleep(seconds(1)).await;
                cleaned.set(true);
            }));
            yield_now().await;
            assert!(child.cancel_with("no need"));
            child.await
        });
        assert_eq!(error.await.unwrap_err().message(), Some("no need"));
        assert!(cleaned.get());
    });
}

#[test]
fn a_cancellation_is_seen_by_body_and_children_and_they_clean_up() {
    run(async {
        let task = create_task(async {
            let cleaned = Cell::new(0);
            let clean = || {
                pending::<()>().finally(async || {
                    sleep(seconds(1)).await;
                    cleaned.set(cleaned.get() + 1);
                })
            };
            let caught = catch_cancel(scope(async |scope| {
                scope.spawn(clean());
                scope.spawn(clean());
                clean().await;
            }));
            let cancelled = caught.await.unwrap_err();
            assert_eq!(cleaned.get(), 3);
            cancelled.resume().await;
        });
        yield_now().await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
    });
}

#[test]
fn a_timeout_in_a_child_is_the_childs() {
    run(async {
        let ended = scope(async |scope| {
            let slow = scope.spawn(timeout(seconds(1), pending::<()>()));
            let quick = scope.spawn(timeout(seconds(3), sleep(seconds(2))));
            (slow.await.unwrap().is_err(), quick.await.unwrap().is_ok())
        });
        assert_eq!(timeout(seconds(9), ended).await, Ok((true, true)));
    });
}

#[test]
fn a_panic_goes_through_the_scope_and_drops_the_others() {
    struct Count<'a>(&'a Cell<u32>);
    impl Drop for Count<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    run(async {
        let dropped = Cell::new(0);
        let scoped = scope(async |scope| {
            let guard = Count(&dropped);
            scope.spawn(async move {
                let _guard = guard;
                pending::<()>().await;
            });
            scope.spawn(async {
                yield_now().await;
                fail("on purpose");
            });
            pending::<()>().await;
        });
        assert_eq!(panic_of(scoped).await, "on purpose");
        assert_eq!(dropped.get(), 1);
    });
}

#[test]
fn in_a_scope_that_is_over_a_child_is_dropped_and_says_cancelled() {
    run(async {
        let text = String::from("borrowed");
        let over = scope(async |scope| scope.clone()).await;
        assert!(over.spawn(async { text.len() }).await.is_err());
        assert!(format!("{over:?}").starts_with("Scope"));
    });
}

#[test]
fn works_under_any_executor_and_polls_only_who_was_woken() {
    let polls = Cell::new(0);
    let mut scoped = HandPolled::new(scope(async |scope| {
        scope.spawn(async {
            std::future::poll_fn(|_| {
                polls.set(polls.get() + 1);
                std::task::Poll::<()>::Pending
            })
            .await;
        });
        scope.spawn(yield_now());
        pending::<()>().await;
    }));
    for _ in 0..5 {
        assert!(scoped.poll().is_pending());
    }
    assert_eq!(polls.get(), 1);
}

/// Nothing of a child runs anywhere but in the scope's own poll: a forgotten scope is just a leak.
#[test]
fn a_scope_that_is_forgotten_leaves_what_it_borrowed_alone() {
    let mut value = Box::new(1);
    {
        let mut scoped = Box::pin(scope(async |scope| {
            let lent = &mut value;
            scope.spawn(async move {
                **lent += 1;
                yield_now().await;
                **lent += 100;
            });
        }));
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(scoped.as_mut().poll(&mut cx).is_pending());
        std::mem::forget(scoped);
    }
    assert_eq!(*value, 2);
}

#[test]
fn the_current_task_is_the_parent() {
    run(async {
        let outer = current_task();
        let inner = scope(async |scope| scope.spawn(async { current_task() }).await);
        assert_eq!(pin!(inner).await, Ok(outer));
    });
}

#[test]
fn cancelled_anywhere_every_cleanup_runs() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let task = create_task(async move {
            let (begun, ended) = (Cell::new(0), Cell::new(0));
            let work = |time| {
                begun.set(begun.get() + 1);
                sleep(seconds(time)).finally(async || {
                    yield_now().await;
                    ended.set(ended.get() + 1);
                })
            };
            let scoped = scope(async |scope| {
                let one = scope.spawn(work(1));
                scope.spawn(work(2));
                one.await.unwrap();
                work(2).await;
            });
            let caught = catch_cancel(point.victim(scoped)).await;
            // A second request may come in a cleanup, and interrupts it; here is only one.
            assert_eq!(begun.get(), ended.get());
            if let Err(cancelled) = caught {
                cancelled.resume().await;
            }
        });
        let _ = task.await;
    });
    assert!(suspensions >= 5, "{suspensions}");
}
