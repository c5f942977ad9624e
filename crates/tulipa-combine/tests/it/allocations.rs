//! The allocator of this test binary: it counts what the calling thread allocates.
//!
//! # Protocol
//!
//! The counts are thread-locals without a destructor, so the allocator may touch them at any
//! time, and tests that run beside each other do not see each other's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    static LIVE_BYTES: Cell<usize> = const { Cell::new(0) };
}

/// How often this thread has allocated (a reallocation counts as one).
pub(crate) fn allocations() -> usize {
    ALLOCATIONS.get()
}

/// Bytes this thread has allocated less those it has freed, which others may have allocated: only
/// differences mean something.
pub(crate) fn live_bytes() -> usize {
    LIVE_BYTES.get()
}

fn count(allocations: usize, allocated: usize, freed: usize) {
    ALLOCATIONS.set(ALLOCATIONS.get() + allocations);
    LIVE_BYTES.set(LIVE_BYTES.get().wrapping_add(allocated).wrapping_sub(freed));
}

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size(), 0);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(0, 0, layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(1, size, layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
