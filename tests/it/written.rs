//! Times, days, zones, dates and calendar files as people write and paste them.
