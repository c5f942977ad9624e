//! What a primitive and a wait cost: bytes, and allocations (none).

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use tulipa_sync::{
    Acquire, Condition, ConditionWait, Event, EventWait, Get, Join, Lock, Put, Queue, local,
};

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

/// In bytes, on a 64-bit Linux; a change here is a change for everybody who embeds them.
#[test]
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn sizes() {
    fn size<T>() -> usize {
        size_of::<T>()
    }
    let both = [
        ("Lock", size::<Lock>(), size::<local::Lock>(), 48),
        ("Acquire", size::<Acquire<'_>>(), size::<local::Acquire<'_>>(), 56),
        ("Event", size::<Event>(), size::<local::Event>(), 48),
        ("EventWait", size::<EventWait<'_>>(), size::<local::EventWait<'_>>(), 56),
        ("Condition", size::<Condition>(), size::<local::Condition>(), 88),
        ("ConditionWait", size::<ConditionWait<'_>>(), size::<local::ConditionWait<'_>>(), 72),
        ("Queue", size::<Queue<u64>>(), size::<local::Queue<u64>>(), 160),
        ("Put", size::<Put<'_, u64>>(), size::<local::Put<'_, u64>>(), 72),
        ("Get", size::<Get<'_, u64>>(), size::<local::Get<'_, u64>>(), 56),
        ("Join", size::<Join<'_, u64>>(), size::<local::Join<'_, u64>>(), 56),
    ];
    for (name, shared, local, bytes) in both {
        assert_eq!((shared, local), (bytes, bytes), "{name}");
    }
}
