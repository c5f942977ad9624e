//! What can be gathered until the first error: tuples of fallible futures, and whatever iterates
//! over them.

use std::future::IntoFuture;

use tulipa_task::{JoinError, Task, create_task_at};

use super::children::{Children, Iterated, Spawn, Tuple};
use crate::progress::take;

/// What [`try_gather`](crate::try_gather) takes: a tuple of futures that give a `Result` with one
/// error type, or an iterator over such futures.
///
/// `Shape` only keeps the two apart; it is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be gathered until the first error",
    label = "neither a tuple of fallible futures nor an iterator over them",
    note = "write `try_gather((first(), second()))` with a tuple of up to twelve futures whose \
            outputs are `Result`s with the same error type, or `try_gather(vec)`"
)]
pub trait TryGatherable<Shape> {
    /// The tasks that are made of it.
    type Children: TryChildren;

    #[doc(hidden)]
    fn try_spawn(self, spawn: &Spawn<'_>) -> Self::Children;
}

/// The tasks of a gather whose outputs are `Result`s. It cannot be named outside this crate.
pub trait TryChildren: Children {
    type Good;
    type Error;

    /// Takes the values; all have ended with one.
    fn good(&mut self) -> Self::Good;
    /// Takes the outcome of the child at a place where one failed: its `Err`, or how its task did.
    fn failure(&mut self, place: usize) -> Result<Self::Error, JoinError>;
    /// The first place where a child ended with an `Err`, looked at in place.
    fn failed(&self) -> Option<usize>;
}

impl Spawn<'_> {
    fn try_child<F, T, E>(&self, place: usize, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output = Result<T, E>>,
        T: 'static,
        E: 'static,
    {
        let child = self.progress.try_child(place, future.into_future());
        create_task_at(self.runtime, child, self.at)
    }
}

fn take_good<T, E>(task: &mut Task<Result<T, E>>) -> T {
    match take(task) {
        Ok(Ok(value)) => value,
        _ => unreachable!("every child has a value"),
    }
}

fn take_failure<T, E>(task: &mut Task<Result<T, E>>) -> Result<E, JoinError> {
    take(task).map(|result| result.err().expect("this child has failed"))
}

fn has_failed<T, E>(task: &Task<Result<T, E>>) -> bool {
    task.done() && !task.panicked() && matches!(task.result(), Ok(Err(_)))
}

impl<I, T, E> TryGatherable<Iterated> for I
where
    I: IntoIterator<Item: IntoFuture<IntoFuture: 'static, Output = Result<T, E>>>,
    T: 'static,
    E: 'static,
{
    type Children = Vec<Task<Result<T, E>>>;

    fn try_spawn(self, spawn: &Spawn<'_>) -> Self::Children {
        let futures = self.into_iter().enumerate();
        futures.map(|(place, future)| spawn.try_child(place, future)).collect()
    }
}

impl<T, E> TryChildren for Vec<Task<Result<T, E>>> {
    type Good = Vec<T>;
    type Error = E;

    fn good(&mut self) -> Vec<T> {
        self.iter_mut().map(take_good).collect()
    }

    fn failure(&mut self, place: usize) -> Result<E, JoinError> {
        take_failure(&mut self[place])
    }

    fn failed(&self) -> Option<usize> {
        self.iter().position(has_failed)
    }
}

/// The same for tuples, place by place.
macro_rules! try_gather_tuple {
    ($($future:ident $output:ident $place:tt),+) => {
        impl<Error: 'static, $($future, $output: 'static),+> TryGatherable<Tuple> for ($($future,)+)
        where
            $($future: IntoFuture<IntoFuture: 'static, Output = Result<$output, Error>>),+
        {
            type Children = ($(Task<Result<$output, Error>>,)+);

            fn try_spawn(self, spawn: &Spawn<'_>) -> Self::Children {
                ($(spawn.try_child($place, self.$place),)+)
            }
        }

        impl<Error, $($output),+> TryChildren for ($(Task<Result<$output, Error>>,)+) {
            type Good = ($($output,)+);
            type Error = Error;

            fn good(&mut self) -> Self::Good {
                ($(take_good(&mut self.$place),)+)
            }

            fn failure(&mut self, place: usize) -> Result<Error, JoinError> {
                match place {
                    $($place => take_failure(&mut self.$place),)+
                    _ => unreachable!("there are no more places"),
                }
            }

            fn failed(&self) -> Option<usize> {
                [$(has_failed(&self.$place)),+].into_iter().position(|failed| failed)
            }
        }
    };
}

try_gather_tuple!(A AA 0);
try_gather_tuple!(A AA 0, B BB 1);
try_gather_tuple!(A AA 0, B BB 1, C CC 2);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9,
    K KK 10);
try_gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9,
    K KK 10, L LL 11);
