//! Who is `Send`, `Sync`, `Unpin`: a table.

use std::cell::Cell;
use std::marker::PhantomData;

use tulipa_sync::*;

/// `Probe::<T>(..).send()` and so on: the inherent method if `T` is, else the trait's.
struct Probe<T: ?Sized>(PhantomData<T>);

trait Not {
    const SEND: bool = false;
    const SYNC: bool = false;
    const UNPIN: bool = false;
}

impl<T: ?Sized> Not for Probe<T> {}

impl<T: ?Sized + Send> Probe<T> {
    const SEND: bool = true;
}

impl<T: ?Sized + Sync> Probe<T> {
    const SYNC: bool = true;
}

impl<T: ?Sized + Unpin> Probe<T> {
    const UNPIN: bool = true;
}

macro_rules! table {
    ($($type:ty: $send:literal $sync:literal $unpin:literal;)*) => {
        $(
            let is = (Probe::<$type>::SEND, Probe::<$type>::SYNC, Probe::<$type>::UNPIN);
            assert_eq!(is, ($send == 1, $sync == 1, $unpin == 1), stringify!($type));
        )*
    };
}

/// `Send` but not `Sync`.
type Celled = Cell<u8>;
/// Neither.
type Bound = *const u8;
/// `Sync` but not `Send`.
type Pinned<'a> = std::sync::MutexGuard<'a, u8>;

#[test]
#[rustfmt::skip]
fn send_sync_unpin() {
    table! {
        //                                  Send Sync Unpin
        Lock:                                1 1 1;
        Lock<Celled>:                        1 1 1;
        Lock<Bound>:                         0 0 1;
        Lock<Pinned<'_>>:                    0 0 1;
        LockGuard<'_>:                       1 1 1;
        LockGuard<'_, Celled>:               1 0 1;
        LockGuard<'_, Bound>:                0 0 1;
        LockGuard<'_, Pinned<'_>>:           0 0 1;
        OwnedLockGuard:                      1 1 1;
        OwnedLockGuard<Celled>:              1 0 1;
        OwnedLockGuard<Bound>:               0 0 1;
        Acquire<'_>:                         1 1 0;
        Acquire<'_, Celled>:                 1 1 0;
        Acquire<'_, Bound>:                  0 0 0;
        AcquireOwned:                        1 1 0;
        AcquireOwned<Bound>:                 0 0 0;
        Event:                               1 1 1;
        EventWait<'_>:                       1 1 0;
        Condition:                           1 1 1;
        Condition<Celled>:                   1 1 1;
        Condition<Bound>:                    0 0 1;
        ConditionGuard<'_>:                  1 1 1;
        ConditionGuard<'_, Celled>:          1 0 1;
        ConditionGuard<'_, Bound>:           0 0 1;
        ConditionAcquire<'_>:                1 1 0;
        ConditionWait<'_>:                   1 1 0;
        ConditionWait<'_, Celled>:           1 0 0;
        ConditionWait<'_, Bound>:            0 0 0;
        ConditionWaitFor<'_, (), fn(&mut ()) -> bool>: 1 1 0;
        Queue<u8>:                           1 1 1;
        Queue<Celled>:                       1 1 1;
        Queue<Bound>:                        0 0 1;
        Put<'_, u8>:                         1 1 0;
        Put<'_, Celled>:                     1 0 0;
        Put<'_, Bound>:                      0 0 0;
        Get<'_, u8>:                         1 1 0;
        Get<'_, Celled>:                     1 1 0;
        Get<'_, Bound>:                      0 0 0;
        Join<'_, u8>:                        1 1 0;
    }
}

#[test]
#[rustfmt::skip]
fn send_sync_unpin_of_the_others() {
    table! {
        //                                  Send Sync Unpin
        Semaphore:                           1 1 1;
        BoundedSemaphore:                    1 1 1;
        SemaphorePermit<'_>:                 1 1 1;
        OwnedSemaphorePermit:                1 1 1;
        SemaphoreAcquire<'_>:                1 1 0;
        SemaphoreAcquireOwned:               1 1 0;
        Barrier:                             1 1 1;
        BarrierWait<'_>:                     1 1 0;
        LifoQueue<Celled>:                   1 1 1;
        PriorityQueue<u8>:                   1 1 1;
        PriorityQueue<Bound>:                0 0 1;
        Sender<Celled>:                      1 1 1;
        Sender<Bound>:                       0 0 1;
        Receiver<Celled>:                    1 1 1;
        Receiver<Bound>:                     0 0 1;
        ChannelSend<'_, u8>:                 1 1 0;
        ChannelSend<'_, Bound>:              0 0 0;
        ChannelRecv<'_, u8>:                 1 1 0;
        ChannelRecv<'_, Bound>:              0 0 0;
        CapacityLimiter<Celled>:             1 1 1;
        CapacityLimiter<Bound>:              0 0 1;
        LimiterToken<'_, u8>:                1 1 1;
        OwnedLimiterToken<u8>:               1 1 1;
        LimiterAcquire<'_, u8>:              1 1 0;
        LimiterAcquire<'_, Bound>:           0 0 0;
        LimiterAcquireOwned<u8>:             1 1 0;
    }
}

#[test]
#[rustfmt::skip]
fn send_sync_unpin_local() {
    table! {
        //                                  Send Sync Unpin
        local::Lock:                         1 0 1;
        local::Lock<Bound>:                  0 0 1;
        local::LockGuard<'_>:                0 0 1;
        local::OwnedLockGuard:               0 0 1;
        local::Acquire<'_>:                  0 0 0;
        local::AcquireOwned:                 0 0 0;
        local::Event:                        1 0 1;
        local::EventWait<'_>:                0 0 0;
        local::Condition:                    1 0 1;
        local::ConditionGuard<'_>:           0 0 1;
        local::ConditionAcquire<'_>:         0 0 0;
        local::ConditionWait<'_>:            0 0 0;
        local::Queue<u8>:                    1 0 1;
        local::Put<'_, u8>:                  0 0 0;
        local::Get<'_, u8>:                  0 0 0;
        local::Join<'_, u8>:                 0 0 0;
        local::Semaphore:                    1 0 1;
        local::SemaphorePermit<'_>:          0 0 1;
        local::OwnedSemaphorePermit:         0 0 1;
        local::SemaphoreAcquire<'_>:         0 0 0;
        local::SemaphoreAcquireOwned:        0 0 0;
        local::Barrier:                      1 0 1;
        local::BarrierWait<'_>:              0 0 0;
        local::Sender<u8>:                   0 0 1;
        local::Receiver<u8>:                 0 0 1;
        local::ChannelSend<'_, u8>:          0 0 0;
        local::ChannelRecv<'_, u8>:          0 0 0;
        local::CapacityLimiter<u8>:          1 0 1;
        local::LimiterToken<'_, u8>:         0 0 1;
        local::OwnedLimiterToken<u8>:        0 0 1;
        local::LimiterAcquire<'_, u8>:       0 0 0;
    }
}

#[test]
fn errors_are_errors() {
    fn check<E: std::error::Error + Send + Sync + Clone + Copy + Eq>(_: fn(E)) {}
    check::<ReleaseError>(drop);
    check::<PutError<u8>>(drop);
    check::<TryPutError<u8>>(drop);
    check::<GetError>(drop);
    check::<TryGetError>(drop);
    check::<TaskDoneError>(drop);
    check::<OverReleaseError>(drop);
    check::<BrokenBarrierError>(drop);
    check::<AlreadyBorrowedError<u8>>(drop);
    check::<TryBorrowError<u8>>(drop);
    check::<NotBorrowedError>(drop);
    check::<SendError<u8>>(drop);
    check::<TrySendError<u8>>(drop);
    check::<RecvError>(drop);
    check::<TryRecvError>(drop);
}
