//! What it costs where no variable is set: no allocation; and bytes.
//!
//! # Safety
//!
//! The counting allocator hands everything on to the system's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use tulipa_context::{Context, ContextVar, InContext, Saved, Token, copy_context};

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
fn allocations<R>(run: impl FnOnce() -> R) -> usize {
    let before = ALLOCATIONS.get();
    let result = run();
    let after = ALLOCATIONS.get();
    drop(result);
    after - before
}

static VAR: ContextVar<u32> = ContextVar::new("var");

#[test]
fn tasks_without_variables_allocate_nothing() {
    assert_eq!(allocations(|| Box::new(1)), 1, "it counts");
    let tasks = allocations(|| {
        let task = Saved::copy_current();
        task.enter(|| {
            let child = Saved::copy_current();
            child.enter(|| assert_eq!(VAR.get(), None));
        });
        task
    });
    assert_eq!(tasks, 0);
}

#[test]
fn a_copy_is_one_allocation_and_shares_the_values() {
    VAR.set(1);
    assert_eq!(allocations(copy_context), 1);
    let saved = Saved::copy_current();
    assert_eq!(allocations(|| saved.enter(|| VAR.get())), 0);
}

/// In bytes, on 64 bits; a change here is a change for everybody who embeds them.
#[test]
#[cfg(target_pointer_width = "64")]
fn sizes() {
    assert_eq!((size_of::<Context>(), size_of::<Saved>(), size_of::<Token<u64>>()), (8, 8, 24));
    assert_eq!(size_of::<InContext<u64>>() - size_of::<Option<u64>>(), 8);
}

#[test]
fn contexts_may_go_to_other_threads() {
    fn check<T: Send + Sync>() {}
    fn check_send<T: Send>() {}
    check::<Context>();
    check::<ContextVar<u32>>();
    check::<Token<u32>>();
    check::<InContext<u32>>();
    check_send::<Saved>();
}
