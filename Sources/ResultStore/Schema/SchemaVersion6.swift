/// The sixth version of the schema: what the timed steps of a round did, counted without noise.
///
/// New columns of `round`, NULL where an older program did not record them; each is the sum over the timed steps:
///
/// | column              | means                                                                     |
/// |---------------------|---------------------------------------------------------------------------|
/// | `matrix_products`   | calls of a matrix product                                                 |
/// | `matrix_operations` | their floating-point operations, two for a multiplication and an addition |
/// | `allocated_bytes`   | bytes of the buffers that were allocated                                  |
let schemaVersion6 =
    """
    ALTER TABLE round ADD COLUMN matrix_products INTEGER;
    ALTER TABLE round ADD COLUMN matrix_operations INTEGER;
    ALTER TABLE round ADD COLUMN allocated_bytes INTEGER;
    """
