//! How many allocations a callback, a timer and a wake-up make; the allocator of this binary
//! counts.
//!
//! # Protocol
//!
//! The counts are thread-locals without a destructor, so the allocator may touch them at any
//! time, and tests that run beside each other do not see each other's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use tulipa_loop::EventLoop;
use tulipa_task::create_task_on;
use tulipa_test::CountingWaker;

use crate::support::{on_both_backends, turn};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local!(static ALLOCATIONS: Cell<usize> = const { Cell::new(0) });

fn count() {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
}

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Enough that what is allocated once, or once for many, is seen for what it is.
const TIMES: usize = 3_100;

/// Allocations of `TIMES` runs on a loop that has made room for as many.
fn allocations(event_loop: &EventLoop, mut run: impl FnMut(&EventLoop)) -> usize {
    run(event_loop);
    let before = ALLOCATIONS.get();
    for _ in 0..TIMES {
        run(event_loop);
    }
    ALLOCATIONS.get() - before
}

#[test]
fn a_callback_is_one_allocation() {
    on_both_backends(|event_loop| {
        let made = allocations(event_loop, |event_loop| {
            event_loop.call_soon(|| {});
            turn(event_loop);
        });
        assert_eq!(made, TIMES);
    });
}

#[test]
fn a_timer_given_and_cancelled_is_one_allocation() {
    on_both_backends(|event_loop| {
        let hour = Duration::from_secs(3600);
        let cancel = |event_loop: &EventLoop| event_loop.call_later(hour, || {}).cancel();
        (0..100).for_each(|_| cancel(event_loop)); // the heap has grown as far as it will
        assert_eq!(allocations(event_loop, cancel), TIMES);
    });
}

#[test]
fn a_timer_that_fires_is_one_allocation() {
    on_both_backends(|event_loop| {
        let made = allocations(event_loop, |event_loop| {
            event_loop.call_at(event_loop.time(), || {});
            assert_eq!(turn(event_loop), 1);
        });
        assert_eq!(made, TIMES);
    });
}

#[test]
fn a_timer_of_a_future_costs_no_allocation_fired_or_cancelled() {
    on_both_backends(|event_loop| {
        let (runtime, counting) = (event_loop.runtime(), CountingWaker::new());
        let once = |event_loop: &EventLoop| {
            let hour = runtime.now() + Duration::from_secs(3600);
            let later = runtime.wake_at(hour, counting.waker());
            assert!(runtime.cancel(later));
            runtime.wake_at(runtime.now(), counting.waker());
            turn(event_loop);
        };
        (0..100).for_each(|_| once(event_loop));
        assert_eq!(allocations(event_loop, once), 0);
        assert_eq!(counting.wakes(), TIMES + 101);
    });
}

/// The waker of a task that is run whenever it is woken.
fn woken_task(event_loop: &EventLoop, runs: &Rc<Cell<usize>>) -> Waker {
    let slot = Rc::new(RefCell::new(None));
    let (keep, runs) = (slot.clone(), runs.clone());
    create_task_on(
        &event_loop.runtime(),
        poll_fn(move |cx| {
            if keep.borrow().is_none() {
                keep.replace(Some(cx.waker().clone()));
            }
            runs.set(runs.get() + 1);
            Poll::<()>::Pending
        }),
    )
    .detach();
    turn(event_loop);
    let waker = slot.borrow().clone();
    waker.unwrap()
}

#[test]
fn waking_a_task_on_its_loop_costs_no_allocation() {
    on_both_backends(|event_loop| {
        let runs = Rc::new(Cell::new(0));
        let waker = woken_task(event_loop, &runs);
        let runtime = event_loop.runtime();
        let made = allocations(event_loop, |event_loop| {
            tulipa_rt::enter(runtime.clone(), || waker.wake_by_ref());
            turn(event_loop);
        });
        assert_eq!((made, runs.get()), (0, TIMES + 2));
    });
}

/// From outside the loop's run a wake-up goes through the inbox, as from another thread.
#[test]
fn a_remote_wake_up_is_one_allocation_for_every_31() {
    on_both_backends(|event_loop| {
        let runs = Rc::new(Cell::new(0));
        let waker = woken_task(event_loop, &runs);
        let made = allocations(event_loop, |event_loop| {
            waker.wake_by_ref();
            turn(event_loop);
        });
        assert_eq!((made, runs.get()), (TIMES / 31, TIMES + 2), "a block of the inbox has 31");
    });
}

#[test]
fn a_callback_from_another_thread_is_two_allocations_and_its_place_in_the_inbox() {
    on_both_backends(|event_loop| {
        let (handle, held) = (event_loop.handle(), 0_u64);
        let made = allocations(event_loop, |event_loop| {
            handle.call_soon_threadsafe(move || _ = std::hint::black_box(held)).unwrap();
            turn(event_loop);
        });
        assert_eq!(made, 2 * TIMES + TIMES / 31);
    });
}
