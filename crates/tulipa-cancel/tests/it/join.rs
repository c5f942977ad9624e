//! Several branches in one task.

use std::future::{Future, pending};
use std::pin::Pin;
use std::task::Poll;

use futures_lite::future::{or, yield_now, zip};
use tulipa_cancel::{CancelExt, CancelScope, Cancelled, cancellable, catch_cancel, current, raise};

use crate::support::{Gate, Hand, Log, suspend};

type Branch<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// A branch that waits for ever, and when cancelled cleans up in `awaits` awaits.
fn cleans<'a>(log: &'a Log, begun: &'static str, done: &'static str, awaits: usize) -> Branch<'a> {
    Box::pin(pending::<()>().finally(move || async move {
        log.add(begun);
        suspend(awaits).await;
        log.add(done);
    }))
}

/// Catches its cancellation and resumes it at once.
fn resumes(log: &Log) -> Branch<'_> {
    Box::pin(async {
        let token = catch_cancel(pending::<()>()).await.unwrap_err();
        log.add("resumed");
        token.resume().await;
    })
}

/// Cancels while two branches wait, and finishes.
fn cancel_both(make: impl for<'a> Fn(&'a Log) -> [Branch<'a>; 2]) -> String {
    let log = Log::default();
    let [one, two] = make(&log);
    let (work, handle) = cancellable(zip(one, two));
    let mut work = Hand::new(work);
    assert!(work.poll_while_woken().is_pending());
    handle.cancel();
    assert!(work.finish().is_err());
    log.take()
}

#[test]
fn two_cleanups_both_run_one_after_the_other() {
    let both = cancel_both(|log| [cleans(log, "a", "A", 2), cleans(log, "b", "B", 3)]);
    assert_eq!(both, "a A b B");
}

#[test]
fn a_branch_that_resumes_does_not_interrupt_the_cleanup_of_another() {
    assert_eq!(cancel_both(|log| [resumes(log), cleans(log, "b", "B", 3)]), "resumed b B");
    assert_eq!(cancel_both(|log| [cleans(log, "b", "B", 3), resumes(log)]), "b B resumed");
}

#[test]
fn cleanups_run_whatever_asked_for_the_cancellation_in_the_course_of_the_poll() {
    // The other branch has looked already in this poll, and must be asked all the same.
    let after_one_poll: [fn() -> Branch<'static>; 4] = [
        || {
            Box::pin(async {
                yield_now().await;
                raise().await;
            })
        },
        || {
            Box::pin(async {
                yield_now().await;
                current().unwrap().cancel();
                pending::<()>().await;
            })
        },
        || {
            Box::pin(async {
                let own = catch_cancel(async {
                    yield_now().await;
                    current().unwrap().cancel();
                    pending::<()>().await;
                });
                drop(own.await);
                pending::<()>().await;
            })
        },
        || {
            Box::pin(async {
                yield_now().await;
                let shielded = CancelScope::new().shield(true).run(async {
                    current().unwrap().cancel();
                    yield_now().await;
                });
                shielded.await.unwrap();
                pending::<()>().await;
            })
        },
    ];
    for asks in after_one_poll {
        for first in [true, false] {
            let log = Log::default();
            let cleans = cleans(&log, "b", "B", 2);
            let (one, two) = if first { (asks(), cleans) } else { (cleans, asks()) };
            let (work, _handle) = cancellable(zip(one, two));
            assert!(Hand::new(work).finish().is_err());
            assert_eq!(log.take(), "b B");
        }
    }
}

#[test]
fn a_branch_that_asks_in_every_poll_does_not_put_the_end_off() {
    let log = Log::default();
    let asks = async {
        loop {
            current().unwrap().cancel();
            yield_now().await;
        }
    };
    let (work, _handle) = cancellable(zip(cleans(&log, "b", "B", 9), asks));
    let mut work = Hand::new(work);
    let ended = (0..5).find_map(|_| match work.poll() {
        Poll::Ready(ended) => Some(ended),
        Poll::Pending => None,
    });
    let ended: Result<((), ()), _> = ended.expect("five polls are enough");
    assert!(ended.is_err());
    assert_eq!(log.take(), "b", "the second request interrupted the cleanup");
}

#[test]
fn a_node_around_the_join_is_asked_after_all_branches() {
    let log = Log::default();
    let join = zip(zip(cleans(&log, "a", "A", 1), cleans(&log, "b", "B", 2)), resumes(&log));
    let (work, handle) = cancellable(async {
        catch_cancel(join).await.unwrap_err().suppress();
        log.add("around");
        suspend(1).await;
        "went on"
    });
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert_eq!(work.finish(), Ok("went on"));
    assert_eq!(log.take(), "a A b B resumed around");
}

#[test]
fn each_branch_unwinds_to_the_join_before_the_next_is_asked() {
    let log = Log::default();
    let deep = cleans(&log, "a", "A", 1).finally(async || {
        suspend(1).await;
        log.add("AA");
    });
    let (work, handle) = cancellable(zip(deep, cleans(&log, "b", "B", 1)));
    let mut work = Hand::new(work);
    assert!(work.poll().is_pending());
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "a A AA b B");
}

/// Suppresses one cancellation, then waits for ever.
async fn suppresses(log: &Log) {
    catch_cancel(pending::<()>()).await.unwrap_err().suppress();
    log.add("suppressed");
    pending::<()>().await;
}

#[test]
fn if_one_branch_suppresses_and_another_goes_on_unwinding_the_task_ends() {
    fn unwinds(log: &Log, which: usize) -> Branch<'_> {
        match which {
            0 => resumes(log),
            1 => cleans(log, "b", "B", 2),
            _ => Box::pin(async {
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                raise().await;
            }),
        }
    }
    for which in 0..3 {
        for first in [true, false] {
            let log = Log::default();
            let (unwinds, other) = (unwinds(&log, which), Box::pin(suppresses(&log)));
            let (one, two): (Branch<'_>, Branch<'_>) =
                if first { (unwinds, other) } else { (other, unwinds) };
            let (work, handle) = cancellable(zip(one, two));
            let mut work = Hand::new(work);
            assert!(work.poll().is_pending());
            handle.cancel();
            let ended = work.poll_while_woken();
            if first {
                // The one that unwinds cannot come back, whatever the other does.
                assert!(matches!(ended, Poll::Ready(Err(_))), "{which}");
            } else {
                // The first to see it ended it for both.
                assert!(ended.is_pending(), "{which}");
                assert_eq!(log.take(), "suppressed");
            }
        }
    }
}

#[test]
fn unwinding_beside_a_branch_that_suppresses_for_ever_gives_the_thread_back() {
    let (work, _handle) = cancellable(zip(async { raise().await }, async {
        loop {
            if let Err(token) = catch_cancel(pending::<()>()).await {
                token.suppress();
            }
        }
    }));
    let mut work = Hand::new(work);
    for _ in 0..3 {
        let polled: Poll<Result<((), ()), _>> = work.poll();
        assert!(polled.is_pending() && work.is_woken());
    }
}

#[test]
fn the_loser_of_a_race_is_dropped_and_what_it_caught_stays_pending() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (work, handle) = cancellable(async move {
        let loses = async {
            let _token: Cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            pending().await
        };
        or(loses, async {
            inside.wait().await;
            "won"
        })
        .await;
        suspend(1).await;
        unreachable!("the cancellation was not answered");
    });
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(matches!(work.poll_while_woken(), Poll::<Result<(), _>>::Pending));
    gate.open();
    assert!(work.finish().is_err());
}

#[test]
fn a_second_request_is_offered_to_each_branch_too() {
    let log = Log::default();
    let branch = |name| {
        let inside = log.clone();
        pending::<()>().finally(async move || {
            let _held = inside.on_drop(name);
            pending::<()>().await;
        })
    };
    let (work, handle) = cancellable(zip(branch("a"), branch("b")));
    let mut work = Hand::new(work);
    handle.cancel();
    assert!(work.poll_while_woken().is_pending());
    handle.cancel();
    assert!(work.poll_while_woken().is_pending(), "the second branch has begun to clean up");
    assert_eq!(log.take(), "a");
    handle.cancel();
    assert!(work.finish().is_err());
    assert_eq!(log.take(), "b");
}
