//! What a primitive and a wait cost: bytes, and allocations (none).
//!
//! # Safety
//!
//! The counting allocator counts and then does what the system's does, with the same arguments.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use tulipa_sync::{local, *};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: `System` does the work; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|n| n.set(n.get() + 1));
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

/// How often `f` allocates.
fn allocations<R>(f: impl FnOnce() -> R) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    let result = f();
    let after = ALLOCATIONS.with(Cell::get);
    drop(result);
    after - before
}

/// Polls twice, so that the second poll finds the waiter in line.
fn must_wait<F: Future>(future: std::pin::Pin<&mut F>) {
    let mut future = future;
    let mut cx = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert!(future.as_mut().poll(&mut cx).is_pending());
}

fn must_be_ready<F: Future>(future: std::pin::Pin<&mut F>) -> F::Output {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn the_allocator_counts() {
    assert_eq!(allocations(|| Box::new(1)), 1);
}

#[test]
fn waiting_allocates_nothing() {
    let (lock, event, condition) = (Lock::new(), Event::new(), Condition::new());
    let queue = Queue::with_maxsize(1);
    queue.put_nowait(0).unwrap(); // the queue's own buffer
    let count = allocations(|| {
        let guard = lock.try_acquire().unwrap();
        let mut acquire = pin!(lock.acquire());
        must_wait(acquire.as_mut());
        drop(guard);
        drop(must_be_ready(acquire.as_mut()));

        let mut wait = pin!(event.wait());
        must_wait(wait.as_mut());
        event.set();
        must_be_ready(wait.as_mut());

        let mut wait = pin!(condition.try_acquire().unwrap().wait());
        must_wait(wait.as_mut());
        condition.try_acquire().unwrap().notify_all();
        drop(must_be_ready(wait.as_mut()));

        let mut put = pin!(queue.put(1));
        let mut join = pin!(queue.join());
        must_wait(put.as_mut());
        must_wait(join.as_mut());
        queue.get_nowait().unwrap();
        must_be_ready(put.as_mut()).unwrap();
        queue.get_nowait().unwrap();
        let mut get = pin!(queue.get());
        must_wait(get.as_mut());
        queue.shutdown(false);
        must_be_ready(get.as_mut()).unwrap_err();
    });
    assert_eq!(count, 0);
}

#[test]
fn waiting_for_permits_parties_and_items_allocates_nothing() {
    let (semaphore, barrier) = (Semaphore::new(0), Barrier::new(2));
    let (sender, receiver) = channel(0);
    let limiter = CapacityLimiter::new(1);
    let token = limiter.try_acquire(0).unwrap();
    // The names are kept in a vector: room for the second one.
    drop(pin!(limiter.acquire(1)).poll(&mut Context::from_waker(Waker::noop())));
    let count = allocations(|| {
        let mut acquire = pin!(semaphore.acquire());
        must_wait(acquire.as_mut());
        semaphore.release();
        drop(must_be_ready(acquire.as_mut()));

        let mut wait = pin!(barrier.wait());
        must_wait(wait.as_mut());
        must_be_ready(pin!(barrier.wait())).unwrap();
        must_be_ready(wait.as_mut()).unwrap();

        let mut recv = pin!(receiver.recv());
        must_wait(recv.as_mut());
        sender.try_send(1).unwrap();
        must_be_ready(recv.as_mut()).unwrap();
        let mut send = pin!(sender.send(2));
        must_wait(send.as_mut());
        receiver.try_recv().unwrap();
        must_be_ready(send.as_mut()).unwrap();

        let mut acquire = pin!(limiter.acquire(1));
        must_wait(acquire.as_mut());
        drop(token);
        drop(must_be_ready(acquire.as_mut()).unwrap());
    });
    assert_eq!(count, 0);
}

#[test]
fn waking_a_crowd_allocates_nothing() {
    let event = Event::new();
    let mut waits: [_; 40] = std::array::from_fn(|_| Box::pin(event.wait()));
    for wait in &mut waits {
        must_wait(wait.as_mut());
    }
    assert_eq!(allocations(|| event.set()), 0);
    for wait in &mut waits {
        must_be_ready(wait.as_mut());
    }
}

/// Asserts the bytes of a type, and that its namesake in `local` has as many.
macro_rules! sizes {
    ($($name:ident $(<$($arg:tt),*>)?: $bytes:literal;)*) => {
        $(
            assert_eq!(size_of::<$name $(<$($arg),*>)?>(), $bytes, stringify!($name));
            assert_eq!(size_of::<local::$name $(<$($arg),*>)?>(), $bytes, stringify!($name));
        )*
    };
}

/// In bytes, on a 64-bit Linux; a change here is a change for everybody who embeds them.
#[test]
#[rustfmt::skip]
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn sizes() {
    sizes! {
        Lock: 48;
        Acquire<'_>: 56;
        Event: 48;
        EventWait<'_>: 56;
        Condition: 88;
        ConditionWait<'_>: 72;
        Semaphore: 56;
        BoundedSemaphore: 56;
        SemaphoreAcquire<'_>: 56;
        Barrier: 96;
        BarrierWait<'_>: 72;
        CapacityLimiter<u64>: 88;
        LimiterAcquire<'_, u64>: 72;
        Queue<u64>: 160;
        LifoQueue<u64>: 152;
        PriorityQueue<u64>: 160;
        Put<'_, u64>: 72;
        Get<'_, u64>: 56;
        Join<'_, u64>: 56;
        Sender<u64>: 8;
        ChannelSend<'_, u64>: 80;
        ChannelRecv<'_, u64>: 72;
    }
}
