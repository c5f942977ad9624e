//! A combinator that was told of a cancellation in one place, and is then awaited in another: what
//! is no business of the new place does not end it.

use std::future::{Future, pending};
use std::pin::Pin;

use futures_lite::future::or;
use tulipa_cancel::{CancelExt, CancelScope};
use tulipa_combine::{TaskGroup, gather};
use tulipa_task::create_task;
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::{Log, cleans_up, run, seconds};

/// Awaits it under a deadline of a second, and gives the deadline up a second later.
async fn begin_under_a_deadline<F: Future>(work: Pin<&mut F>) {
    or(async { drop(timeout(seconds(1), work).await) }, sleep(seconds(2))).await;
}

#[test]
fn a_gather_is_cancelled_by_its_child() {
    run(async {
        let log = Log::default();
        let inside = log.clone();
        let awaiter = create_task(async move {
            let mut work = Box::pin(gather([cleans_up(inside.clone(), "a", 60)]));
            begin_under_a_deadline(work.as_mut()).await;
            inside.add("again");
            work.finally(async || {
                yield_now().await;
                inside.add("unwinds");
            })
            .await;
        });
        assert!(awaiter.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "again a unwinds");
    });
}

#[test]
fn a_gather_of_outcomes_gives_them() {
    run(async {
        let log = Log::default();
        let mut work = Box::pin(gather([cleans_up(log.clone(), "a", 60)]).return_exceptions());
        begin_under_a_deadline(work.as_mut()).await;
        let outcomes = work.await;
        assert!(outcomes[0].as_ref().unwrap_err().is_cancelled());
        assert_eq!(log.take(), "a");
    });
}

#[test]
fn a_task_group_says_that_it_was_cancelled() {
    run(async {
        let log = Log::default();
        let inside = log.clone();
        let mut work = Box::pin(TaskGroup::run(async move |group| {
            group.create_task(cleans_up(inside, "a", 60)).detach();
            pending::<()>().await;
        }));
        begin_under_a_deadline(work.as_mut()).await;
        assert!(work.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "a");
    });
}

#[test]
fn inside_a_shield_it_ends_and_the_task_unwinds_after_it() {
    run(async {
        let log = Log::default();
        let inside = log.clone();
        let awaiter = create_task(async move {
            let children = [cleans_up(inside.clone(), "a", 60)];
            let mut work = Box::pin(gather(children).return_exceptions());
            or(async { drop(work.as_mut().await) }, sleep(seconds(2))).await;
            let outcomes = CancelScope::new().shield(true).run(work).await.unwrap();
            inside.add(if outcomes[0].is_err() { "given" } else { "" });
            yield_now().await;
            inside.add("not reached");
        });
        sleep(seconds(1)).await;
        awaiter.cancel();
        assert!(awaiter.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "a given");
    });
}
