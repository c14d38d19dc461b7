/// The databases that tests run on: Derby in memory, and a PostgreSQL with a cluster of its own.
/// Main code used by tests only; it knows nothing of the product.
@NullMarked
package kz.qonyrau.testdatabases;

import org.jspecify.annotations.NullMarked;
