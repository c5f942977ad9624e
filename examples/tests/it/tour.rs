//! The tour prints what is recorded.

use crate::program::{check, path};

#[test]
fn in_real_time_the_tour_prints_what_is_recorded() {
    check("tour", &path("")).unwrap_or_else(|difference| panic!("{difference}"));
}
