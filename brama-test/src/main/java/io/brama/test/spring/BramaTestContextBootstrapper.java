package io.brama.test.spring;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * The start of a context for {@link BramaTest}.
 */
class BramaTestContextBootstrapper extends TestSliceTestContextBootstrapper<BramaTest> {

}
