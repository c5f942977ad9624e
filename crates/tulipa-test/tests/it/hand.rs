//! Futures polled by hand, and wakers that count.

use std::future::{Future, pending, poll_fn, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use tulipa_test::{CountingWaker, HandPolled};

#[test]
fn a_future_is_polled_when_the_test_says() {
    let mut polls = 0;
    let mut future = HandPolled::new(poll_fn(move |cx| {
        polls += 1;
        cx.waker().wake_by_ref();
        if polls < 3 { Poll::Pending } else { Poll::Ready(polls) }
    }));
    assert_eq!((future.wakes(), future.is_woken()), (0, false), "not before");
    assert_eq!(future.poll(), Poll::Pending);
    assert_eq!((future.wakes(), future.is_woken()), (1, true));
    assert_eq!(future.poll(), Poll::Pending);
    assert_eq!(future.poll(), Poll::Ready(3));
}

#[test]
fn woken_means_since_the_last_poll() {
    let mut first = true;
    let mut future = HandPolled::new(poll_fn(move |cx| {
        if std::mem::replace(&mut first, false) {
            cx.waker().wake_by_ref();
        }
        Poll::<()>::Pending
    }));
    assert_eq!(future.poll(), Poll::Pending);
    assert!(future.is_woken());
    assert_eq!(future.poll(), Poll::Pending);
    assert!(!future.is_woken());
    assert_eq!(future.wakes(), 1, "in all");
}

#[test]
fn the_future_can_be_looked_at() {
    struct Counts(u32);
    impl Future for Counts {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            self.0 += 1;
            Poll::Pending
        }
    }
    let mut future = HandPolled::new(Counts(0));
    assert_eq!(future.poll(), Poll::Pending);
    assert_eq!(future.future().0, 1);
    future.future_mut().0 = 10;
    assert_eq!(future.future().0, 10);
    assert_eq!(format!("{future:?}"), "HandPolled { wakes: 0, .. }");
}

#[test]
fn what_becomes_a_future_is_taken() {
    assert_eq!(HandPolled::new(ready(1)).poll(), Poll::Ready(1));
    assert_eq!(HandPolled::new(Box::pin(pending::<()>())).poll(), Poll::Pending);
}

#[test]
fn a_counting_waker_knows_who_holds_it() {
    let counting = CountingWaker::default();
    assert_eq!(counting.clones(), 0);
    let [one, two] = [counting.waker().clone(), counting.waker().clone()];
    assert_eq!(counting.clones(), 2);
    one.wake();
    assert_eq!((counting.wakes(), counting.clones()), (1, 1), "a wake by value lets it go");
    two.wake_by_ref();
    assert_eq!((counting.wakes(), counting.clones()), (2, 1));
    drop(two);
    assert_eq!(counting.clones(), 0);
}

#[test]
fn a_counting_waker_counts_on_other_threads() {
    let counting = CountingWaker::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..100).for_each(|_| counting.waker().wake_by_ref()));
        }
    });
    assert_eq!(counting.wakes(), 400);
}
