package io.brama.spring.cloud.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot knows of the auto-configurations without reading them, which it would
 * otherwise do at the start of every application, whatever that has a use for.
 */
class ImportTests {

	private static final ClassLoader LOADER = BramaCloudAutoConfiguration.class.getClassLoader();

	@Test
	void itKnowsThemAll() throws IOException {
		Properties known = PropertiesLoaderUtils.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties",
				LOADER);
		List<String> imported = ImportCandidates.load(AutoConfiguration.class, LOADER)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(getClass().getPackageName()))
			.toList();
		assertThat(imported).isNotEmpty().allSatisfy((name) -> assertThat(known).containsKey(name));
	}

}
