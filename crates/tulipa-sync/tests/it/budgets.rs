//! What a primitive, a wait and a guard cost in bytes, on a 64-bit Linux: a change here is a change
//! for everybody who embeds them. The file lists all that the crate exports.

use tulipa_sync::generic::{self, Lifo, Priority, Shared};
use tulipa_sync::{local, *};

/// Asserts the bytes of a type, and that its namesake in `local` has as many.
macro_rules! sizes {
    ($($name:ident $(<$($arg:tt),*>)?: $bytes:literal;)*) => {
        $(
            assert_eq!(size_of::<$name $(<$($arg),*>)?>(), $bytes, stringify!($name));
            assert_eq!(size_of::<local::$name $(<$($arg),*>)?>(), $bytes, stringify!($name));
        )*
    };
}

type Predicate = fn(&mut ()) -> bool;

#[test]
#[rustfmt::skip]
fn sizes_of_locks() {
    sizes! {
        Lock: 48;
        Lock<u64>: 56;
        Acquire<'_>: 56;
        AcquireOwned: 56;
        LockGuard<'_>: 8;
        OwnedLockGuard: 8;
        Event: 48;
        EventWait<'_>: 56;
        Condition: 88;
        ConditionAcquire<'_>: 56;
        ConditionGuard<'_>: 16;
        ConditionWait<'_>: 72;
        ConditionWaitFor<'_, (), Predicate>: 80;
        Barrier: 96;
        BarrierWait<'_>: 72;
    }
}

#[test]
#[rustfmt::skip]
fn sizes_of_semaphores_and_limiters() {
    sizes! {
        Semaphore: 56;
        BoundedSemaphore: 56;
        SemaphoreAcquire<'_>: 56;
        SemaphoreAcquireOwned: 56;
        SemaphorePermit<'_>: 8;
        OwnedSemaphorePermit: 8;
        CapacityLimiter<u64>: 88;
        LimiterAcquire<'_, u64>: 72;
        LimiterAcquireOwned<u64>: 72;
        LimiterToken<'_, u64>: 16;
        OwnedLimiterToken<u64>: 16;
    }
    assert_eq!(size_of::<SemaphoreAcquire<'_, Shared, true>>(), 56);
    assert_eq!(size_of::<SemaphoreAcquireOwned<Shared, true>>(), 56);
    assert_eq!(size_of::<SemaphorePermit<'_, Shared, true>>(), 8);
    assert_eq!(size_of::<OwnedSemaphorePermit<Shared, true>>(), 8);
}

#[test]
#[rustfmt::skip]
fn sizes_of_queues_and_channels() {
    sizes! {
        Queue<u64>: 160;
        LifoQueue<u64>: 152;
        PriorityQueue<u64>: 160;
        Put<'_, u64>: 72;
        Get<'_, u64>: 56;
        Join<'_, u64>: 56;
        Sender<u64>: 8;
        Receiver<u64>: 8;
        ChannelSend<'_, u64>: 80;
        ChannelRecv<'_, u64>: 72;
    }
    assert_eq!(size_of::<generic::Put<'_, Lifo<u64>>>(), 72);
    assert_eq!(size_of::<generic::Get<'_, Lifo<u64>>>(), 56);
    assert_eq!(size_of::<generic::Join<'_, Lifo<u64>>>(), 56);
    assert_eq!(size_of::<generic::Put<'_, Priority<u64>>>(), 72);
    assert_eq!(size_of::<generic::Get<'_, Priority<u64>>>(), 56);
    assert_eq!(size_of::<generic::Join<'_, Priority<u64>>>(), 56);
}

/// An error is what it hands back, and at most a word that says why.
#[test]
fn sizes_of_errors() {
    let nothing_to_hand_back = [
        size_of::<ReleaseError>(),
        size_of::<OverReleaseError>(),
        size_of::<BrokenBarrierError>(),
        size_of::<NotBorrowedError>(),
        size_of::<TaskDoneError>(),
        size_of::<GetError>(),
        size_of::<RecvError>(),
    ];
    assert_eq!(nothing_to_hand_back, [0; 7]);
    assert_eq!([size_of::<TryGetError>(), size_of::<TryRecvError>()], [1; 2]);
    let one_reason = [
        size_of::<PutError<u64>>(),
        size_of::<SendError<u64>>(),
        size_of::<AlreadyBorrowedError<u64>>(),
    ];
    assert_eq!(one_reason, [8; 3]);
    let two_reasons = [
        size_of::<TryPutError<u64>>(),
        size_of::<TrySendError<u64>>(),
        size_of::<TryBorrowError<u64>>(),
    ];
    assert_eq!(two_reasons, [16; 3]);
}
