//! What sleeping and timeouts cost: allocations (none until a timeout fires) and bytes.
//!
//! # Safety
//!
//! The counting allocator hands everything on to the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::pending;
use std::task::Poll;
use std::time::Duration;

use tulipa_rt::enter;
use tulipa_test::{HandPolled, TestLoop};
use tulipa_time::{
    Deadline, DeadlineScope, DeadlineScoped, MoveOn, RescheduleError, Sleep, Timeout, TimeoutError,
    Until, YieldNow, sleep, timeout, timeout_at,
};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: `System` does the work; counting touches a thread-local without a destructor, which
// allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

/// How often `run` allocates.
fn allocations<R>(run: impl FnOnce() -> R) -> (usize, R) {
    let before = ALLOCATIONS.get();
    let result = run();
    (ALLOCATIONS.get() - before, result)
}

const SECOND: Duration = Duration::from_secs(1);

/// A loop whose tables have room for a few more timers.
fn warm_loop() -> TestLoop {
    let test_loop = TestLoop::new();
    test_loop.create_task(sleep(1_000_000 * SECOND)).detach();
    test_loop.turn();
    test_loop
}

#[test]
fn the_allocator_counts() {
    assert_eq!(allocations(|| drop(Box::new(1))).0, 1);
}

#[test]
fn a_timeout_that_does_not_fire_allocates_nothing() {
    let test_loop = warm_loop();
    enter(test_loop.runtime(), || {
        let mut ready = HandPolled::new(timeout(SECOND, std::future::ready(1)));
        assert_eq!(allocations(|| ready.poll()), (0, Poll::Ready(Ok(1))), "ready at once");

        let mut slow = HandPolled::new(timeout(5 * SECOND, sleep(SECOND)));
        assert_eq!(allocations(|| slow.poll()), (0, Poll::Pending), "it waits");
        assert_eq!(allocations(|| slow.poll()), (0, Poll::Pending), "it waits on");
        test_loop.advance(SECOND);
        assert_eq!(allocations(|| slow.poll()), (0, Poll::Ready(Ok(()))), "it ends in time");
        assert_eq!(allocations(|| drop(slow)).0, 0);
    });
}

#[test]
fn a_timeout_that_fires_allocates_what_it_cancels_with() {
    let test_loop = warm_loop();
    enter(test_loop.runtime(), || {
        let mut slow = HandPolled::new(timeout(SECOND, pending::<()>()));
        assert_eq!(allocations(|| slow.poll()), (0, Poll::Pending));
        test_loop.advance(SECOND);
        let (count, polled) = allocations(|| slow.poll());
        assert!(matches!(polled, Poll::Ready(Err(TimeoutError { .. }))));
        assert_eq!(count, 1, "the state of the cancellation");
    });
}

#[test]
fn a_deadline_allocates_itself_and_once_its_place() {
    let test_loop = warm_loop();
    enter(test_loop.runtime(), || {
        let (count, deadline) = allocations(|| Deadline::after(9 * SECOND));
        assert_eq!(count, 1);
        let mut slow = HandPolled::new(timeout_at(&deadline, sleep(SECOND)));
        assert_eq!(allocations(|| slow.poll()), (1, Poll::Pending), "the list of those it bounds");
        let moved = deadline.when().map(|when| when + SECOND);
        assert_eq!(allocations(|| deadline.reschedule(moved)).0, 1, "those whom to wake");
        assert_eq!(allocations(|| slow.poll()), (0, Poll::Pending), "it waits on");
    });
}

#[test]
fn a_sleep_allocates_nothing() {
    let test_loop = warm_loop();
    enter(test_loop.runtime(), || {
        let mut nap = HandPolled::new(sleep(SECOND));
        assert_eq!(allocations(|| nap.poll()), (0, Poll::Pending));
        test_loop.advance(SECOND);
        assert_eq!(allocations(|| nap.poll()), (0, Poll::Ready(())));
    });
}

/// hyper, database drivers and other runtimes ask for it.
#[test]
fn all_of_it_is_send_sync_and_unpin_where_its_content_is() {
    fn check<T: Send + Sync + Unpin>() {}
    check::<Sleep>();
    check::<YieldNow>();
    check::<TimeoutError>();
    check::<Timeout<Sleep>>();
    check::<MoveOn<Sleep>>();
    check::<(Deadline, RescheduleError, Until)>();
    check::<(DeadlineScope, DeadlineScoped<Sleep>)>();
}

/// In bytes; a change here is a change for everybody who embeds them.
#[test]
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn sizes() {
    let sleep = size_of::<Sleep>();
    let around = size_of::<Timeout<[u64; 10]>>() - 80;
    assert_eq!((sleep, size_of::<YieldNow>(), around), (40, 1, 176));
    assert_eq!(size_of::<MoveOn<[u64; 10]>>() - 80, around);
    assert_eq!(size_of::<DeadlineScoped<[u64; 10]>>() - 80, around);
    assert_eq!((size_of::<Deadline>(), size_of::<Until>()), (8, 16));
}
