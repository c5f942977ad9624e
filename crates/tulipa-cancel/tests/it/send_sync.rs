//! Which types are Send, Sync, Unpin.

use std::future::{Pending, Ready};
use std::marker::PhantomPinned;
use std::rc::Rc;

use tulipa_cancel::{
    CancelHandle, CancelScope, Cancellation, Cancelled, CancelledError, CatchCancel, Finally, Held,
    Node, Scoped,
};

/// Whether a type has each of the three, told by which of two methods the compiler finds.
macro_rules! is {
    ($type:ty: $trait:path) => {{
        #[allow(dead_code, reason = "used where the trait does not hold")]
        trait Otherwise {
            const IS: bool = false;
        }
        impl<T: ?Sized> Otherwise for T {}
        struct Asked<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "used where the trait holds")]
        impl<T: ?Sized + $trait> Asked<T> {
            const IS: bool = true;
        }
        <Asked<$type>>::IS
    }};
}

macro_rules! table {
    ($($type:ty: $send:literal $sync:literal $unpin:literal,)*) => {$(
        let found = (is!($type: Send), is!($type: Sync), is!($type: Unpin));
        assert_eq!(found, ($send, $sync, $unpin), stringify!($type));
    )*};
}

type Done = fn() -> Pending<()>;

#[test]
fn the_table() {
    table! {
        // type: Send Sync Unpin
        CancelHandle: true true true,
        CancelScope: true true true,
        Cancellation: true true true,
        Cancelled: true true true,
        CancelledError: true true true,
        Held: true true true,
        Node: true true true,
        // The rest as what they wrap.
        CatchCancel<Pending<()>>: true true true,
        CatchCancel<Ready<Rc<()>>>: false false true,
        CatchCancel<PhantomPinned>: true true false,
        Scoped<Pending<()>>: true true true,
        Scoped<Ready<Rc<()>>>: false false true,
        Scoped<PhantomPinned>: true true false,
        // A panic that is carried on is Send and not Sync.
        Finally<Pending<()>, Done, Pending<()>>: true false true,
        Finally<Ready<Rc<()>>, Done, Pending<()>>: false false true,
    }
}
