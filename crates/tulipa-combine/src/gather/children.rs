//! What can be gathered: tuples of futures, and whatever iterates over futures.

use std::future::IntoFuture;
use std::panic::Location;
use std::rc::Rc;

use tulipa_rt::Runtime;
use tulipa_task::{JoinError, Task, create_task_at};

use crate::progress::{Progress, take};

/// What [`gather`](crate::gather) takes: a tuple of futures, or an iterator over futures.
///
/// `Shape` only keeps the two apart; it is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be gathered",
    label = "neither a tuple of futures nor an iterator over futures",
    note = "write `gather((first(), second()))` with a tuple of up to twelve, or `gather(vec)`"
)]
pub trait Gatherable<Shape> {
    /// The tasks that are made of it.
    type Children: Children;

    #[doc(hidden)]
    fn spawn(self, spawn: &Spawn<'_>) -> Self::Children;
}

/// The tasks of a gather. It cannot be named outside this crate.
pub trait Children: Unpin {
    type Values;
    type Results;

    /// Cancels those that have not ended.
    fn cancel(&self, message: Option<&str>);
    /// The first place where a child panicked.
    fn panicked(&self) -> Option<usize>;
    /// Whether a child ended cancelled.
    fn any_cancelled(&self) -> bool;
    /// Takes the error of the child at a place where one failed.
    fn error(&mut self, place: usize) -> JoinError;
    /// Takes the values; all have ended with one.
    fn values(&mut self) -> Self::Values;
    /// Takes the outcomes; all have ended.
    fn results(&mut self) -> Self::Results;
}

/// Marks tuples.
#[derive(Debug)]
pub struct Tuple;

/// Marks iterators.
#[derive(Debug)]
pub struct Iterated;

/// What it takes to make the children.
#[allow(missing_debug_implementations, reason = "nobody outside can have one")]
pub struct Spawn<'a> {
    pub(super) runtime: &'a Rc<dyn Runtime>,
    pub(super) progress: &'a Rc<Progress>,
    pub(super) at: &'static Location<'static>,
}

impl Spawn<'_> {
    fn child<F>(&self, place: usize, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        let child = self.progress.child(place, future.into_future());
        create_task_at(self.runtime, child, self.at)
    }
}

/// A child that has ended is left as it is: to cancel it would count as looking at its panic.
fn cancel<T>(task: &Task<T>, message: Option<&str>) {
    if task.done() {
        return;
    }
    match message {
        Some(message) => task.cancel_with(message),
        None => task.cancel(),
    };
}

fn take_value<T>(task: &mut Task<T>) -> T {
    take(task).unwrap_or_else(|error| unreachable!("every child has a value: {error}"))
}

fn take_error<T>(task: &mut Task<T>) -> JoinError {
    take(task).err().expect("this child has failed")
}

impl<I> Gatherable<Iterated> for I
where
    I: IntoIterator<Item: IntoFuture<IntoFuture: 'static, Output: 'static>>,
{
    type Children = Vec<Task<<I::Item as IntoFuture>::Output>>;

    fn spawn(self, spawn: &Spawn<'_>) -> Self::Children {
        let futures = self.into_iter().enumerate();
        futures.map(|(place, future)| spawn.child(place, future)).collect()
    }
}

impl<T> Children for Vec<Task<T>> {
    type Values = Vec<T>;
    type Results = Vec<Result<T, JoinError>>;

    fn cancel(&self, message: Option<&str>) {
        for task in self {
            cancel(task, message);
        }
    }

    fn panicked(&self) -> Option<usize> {
        self.iter().position(Task::panicked)
    }

    fn any_cancelled(&self) -> bool {
        self.iter().any(Task::cancelled)
    }

    fn error(&mut self, place: usize) -> JoinError {
        take_error(&mut self[place])
    }

    fn values(&mut self) -> Vec<T> {
        self.iter_mut().map(take_value).collect()
    }

    fn results(&mut self) -> Self::Results {
        self.iter_mut().map(take).collect()
    }
}

/// The same for tuples, place by place.
macro_rules! gather_tuple {
    ($($future:ident $output:ident $place:tt),+) => {
        impl<$($future),+> Gatherable<Tuple> for ($($future,)+)
        where
            $($future: IntoFuture<IntoFuture: 'static, Output: 'static>),+
        {
            type Children = ($(Task<$future::Output>,)+);

            fn spawn(self, spawn: &Spawn<'_>) -> Self::Children {
                ($(spawn.child($place, self.$place),)+)
            }
        }

        impl<$($output),+> Children for ($(Task<$output>,)+) {
            type Values = ($($output,)+);
            type Results = ($(Result<$output, JoinError>,)+);

            fn cancel(&self, message: Option<&str>) {
                $(cancel(&self.$place, message);)+
            }

            fn panicked(&self) -> Option<usize> {
                [$(self.$place.panicked()),+].into_iter().position(|panicked| panicked)
            }

            fn any_cancelled(&self) -> bool {
                $(self.$place.cancelled())||+
            }

            fn error(&mut self, place: usize) -> JoinError {
                match place {
                    $($place => take_error(&mut self.$place),)+
                    _ => unreachable!("there are no more places"),
                }
            }

            fn values(&mut self) -> Self::Values {
                ($(take_value(&mut self.$place),)+)
            }

            fn results(&mut self) -> Self::Results {
                ($(take(&mut self.$place),)+)
            }
        }
    };
}

gather_tuple!(A AA 0);
gather_tuple!(A AA 0, B BB 1);
gather_tuple!(A AA 0, B BB 1, C CC 2);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9,
    K KK 10);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9,
    K KK 10, L LL 11);
