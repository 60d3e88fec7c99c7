package io.brama.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages people read: all Markdown of the tree.
 */
final class Pages {

	static final Path ROOT = Path.of("..");

	/** What a build or a tool made. */
	private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

	private static final Pattern BLOCK = Pattern.compile("^ *```(\\w*)\\n(.*?)^ *```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private Pages() {
	}

	static Stream<Path> all() {
		return filesBelow(ROOT, ".md");
	}

	static Stream<Path> filesBelow(Path directory, String extension) {
		List<Path> files = new ArrayList<>();
		try {
			Files.walkFileTree(directory, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
					return NOT_OURS.contains(visited.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
							: FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.toString().endsWith(extension)) {
						files.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return files.stream().sorted();
	}

	static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A page without its blocks of code. */
	static String prose(Path page) {
		return BLOCK.matcher(read(page)).replaceAll("");
	}

	static Stream<Block> blocks(Path page) {
		return BLOCK.matcher(read(page)).results().map((block) -> new Block(block.group(1), block.group(2)));
	}

	/** The blocks of a language in a page. */
	static Stream<String> snippets(Path page, String language) {
		return blocks(page).filter((block) -> block.language().equals(language)).map(Block::text);
	}

	/**
	 * A block of code in a page.
	 *
	 * @param language what it is written in, empty if the page does not say
	 * @param text its lines
	 */
	record Block(String language, String text) {
	}

}
