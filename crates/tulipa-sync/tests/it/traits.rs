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
}
