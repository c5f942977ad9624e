//! A cancellation at every suspension: all are found, and a scenario that breaks is caught.

use std::cell::{Cell, RefCell};
use std::future::{Future, pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_rt::TimerId;
use tulipa_task::create_task;
use tulipa_test::{CancelPoint, When, cancel_at_every_suspension};
use tulipa_time::{sleep, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// What is said about a scenario that breaks.
fn complaint<F>(scenario: impl Fn(CancelPoint) -> F) -> String
where
    F: Future<Output = ()> + 'static,
{
    let run = AssertUnwindSafe(|| cancel_at_every_suspension(scenario));
    let payload = catch_unwind(run).expect_err("a broken scenario passes");
    *payload.downcast::<String>().expect("a text")
}

/// Runs a future as the victim, in a task of its own, to whatever end.
async fn in_a_task<F: Future<Output = ()> + 'static>(point: CancelPoint, victim: F) {
    let _ = create_task(async move { point.victim(victim).await }).await;
}

#[test]
fn suspensions_are_counted() {
    for expected in 0..5 {
        let suspensions = cancel_at_every_suspension(|point| {
            in_a_task(point, async move {
                for _ in 0..expected {
                    sleep(SECOND).await;
                }
            })
        });
        assert_eq!(suspensions, expected);
    }
}

#[test]
fn those_of_a_cleanup_are_not() {
    let suspensions = cancel_at_every_suspension(|point| {
        in_a_task(point, async {
            let work = catch_cancel(sleep(SECOND));
            if let Err(cancelled) = work.await {
                for _ in 0..7 {
                    yield_now().await;
                }
                cancelled.resume().await;
            }
        })
    });
    assert_eq!(suspensions, 1, "of the victim that nobody cancels");
}

#[test]
fn each_suspension_is_cancelled_at_both_moments() {
    let ends = Rc::new(RefCell::new(Vec::new()));
    let all = ends.clone();
    cancel_at_every_suspension(move |point| {
        let all = all.clone();
        async move {
            let steps = Rc::new(Cell::new(0));
            let (count, named) = (steps.clone(), format!("{point:?}"));
            in_a_task(point.clone(), async move {
                for _ in 0..2 {
                    sleep(SECOND).await;
                    count.set(count.get() + 1);
                }
            })
            .await;
            all.borrow_mut().push((named, steps.get(), point.hit()));
        }
    });
    let expected = [
        ("cancel at suspension 1 (Suspended)", 0, true),
        ("cancel at suspension 2 (Suspended)", 1, true),
        ("cancel at suspension 3 (Suspended)", 2, false),
        // Woken: what it waited for is there, and a value wins over a cancellation.
        ("cancel at suspension 1 (Woken)", 1, true),
        ("cancel at suspension 2 (Woken)", 2, true),
        ("cancel at suspension 3 (Woken)", 2, false),
    ];
    let expected = expected.map(|(point, steps, hit)| (point.to_owned(), steps, hit));
    assert_eq!(ends.take(), expected);
    assert_ne!(When::Suspended, When::Woken);
}

#[test]
fn an_awaited_cleanup_may_take_its_time() {
    let cleanups = Rc::new(Cell::new(0));
    let count = cleanups.clone();
    let suspensions = cancel_at_every_suspension(move |point| {
        let count = count.clone();
        in_a_task(point, async move {
            let cleanup = async || {
                sleep(SECOND).await;
                count.set(count.get() + 1);
            };
            sleep(SECOND).finally(cleanup).await;
        })
    });
    assert_eq!(suspensions, 2, "one of the body, one of the cleanup");
    // Interrupted in two of six runs: cancelled in the cleanup's own suspension, or just before it.
    assert_eq!(cleanups.get(), 4);
}

#[test]
fn a_lost_wake_up_is_found() {
    // A lock that hands over to a waiter which may be gone.
    #[derive(Default)]
    struct Handover(RefCell<Vec<Waker>>);
    let text = complaint(|point| async move {
        let lock = Rc::new(Handover::default());
        let wait = |lock: Rc<Handover>| {
            let mut waiting = false;
            poll_fn(move |cx| {
                if std::mem::replace(&mut waiting, true) {
                    return Poll::Ready(());
                }
                lock.0.borrow_mut().push(cx.waker().clone());
                Poll::Pending
            })
        };
        let victim = create_task(in_a_task(point, wait(lock.clone())));
        yield_now().await;
        yield_now().await;
        let next = create_task(wait(lock.clone()));
        sleep(SECOND).await;
        let first = lock.0.borrow_mut().remove(0);
        first.wake();
        let passed_on = victim.await.is_ok() && lock.0.borrow().len() == 1;
        if passed_on && !next.done() {
            // Only a waiter that got through passes it on: here nobody does.
            next.await.unwrap();
        }
    });
    assert!(text.contains("cancel at suspension 1 (Suspended): a wake-up was lost"), "{text}");
    assert!(text.contains(file!()), "it says who waits: {text}");
}

#[test]
fn a_leaked_timer_is_found() {
    /// Arms a timer and forgets it when it is dropped.
    struct Leaks(Option<TimerId>);
    let text = complaint(|point| {
        let mut leaks = Leaks(None);
        in_a_task(
            point,
            poll_fn(move |cx| {
                let runtime = tulipa_rt::current();
                let Some(timer) = leaks.0 else {
                    leaks.0 = Some(runtime.wake_at(runtime.now() + SECOND, cx.waker()));
                    return Poll::Pending;
                };
                if runtime.set_waker(timer, cx.waker()) { Poll::Pending } else { Poll::Ready(()) }
            }),
        )
    });
    assert!(text.contains("cancel at suspension 1 (Suspended): tasks and timers left"), "{text}");
    assert!(text.contains("(0, 1)"), "{text}");
}

#[test]
fn a_leaked_task_is_found() {
    let text = complaint(|point| {
        in_a_task(point, async {
            let helper = create_task(pending::<()>());
            sleep(SECOND).await;
            helper.cancel();
            let _ = helper.await;
        })
    });
    assert!(text.contains("cancel at suspension 1 (Suspended): tasks and timers left"), "{text}");
    assert!(text.contains("(1, 0)"), "{text}");
}

#[test]
fn a_report_is_found() {
    let text = complaint(|point| {
        in_a_task(point, async {
            let nap = catch_cancel(sleep(SECOND)).await;
            if nap.is_err() {
                create_task(async { panic!("nobody awaits this") }).detach();
            }
        })
    });
    assert!(text.contains("cancel at suspension 1 (Suspended): reported"), "{text}");
}

#[test]
fn a_panic_names_the_suspension() {
    let text = complaint(|point| async move {
        let hit = point.clone();
        in_a_task(point, sleep(SECOND)).await;
        assert!(!hit.hit(), "what the scenario found");
    });
    assert!(text.contains("cancel at suspension 1 (Suspended): panicked"), "{text}");
    assert!(text.contains("what the scenario found"), "{text}");
}

#[test]
fn a_value_dropped_after_the_wake_up_is_found_only_when_woken() {
    // Takes the value out before it knows that anybody will get it.
    let text = complaint(|point| async move {
        let slot = Rc::new(Cell::new(Some(1)));
        let (takes, woken) = (slot.clone(), point.clone());
        let got = Rc::new(Cell::new(None));
        let gets = got.clone();
        in_a_task(point, async move {
            sleep(SECOND).await;
            let value = takes.take();
            if woken.hit() {
                return; // as a future does that is dropped with the value inside
            }
            gets.set(value);
        })
        .await;
        let there = slot.take().is_some() || got.take().is_some();
        assert!(there, "the value is lost");
    });
    assert!(text.contains("cancel at suspension 1 (Woken): panicked"), "{text}");
}
