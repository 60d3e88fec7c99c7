package io.brama.sample.partner;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The levers behind the scenes: they break, slow and heal the partners, and show how many
 * requests reached each.
 */
@RestController
@RequestMapping("/partners")
class PartnerController {

	private final Partners partners;

	PartnerController(Partners partners) {
		this.partners = partners;
	}

	@GetMapping
	List<Partner.View> all() {
		return this.partners.all().stream().map(Partner::view).toList();
	}

	@PutMapping("/{name}/behaviour")
	Partner.View behave(@PathVariable String name, @Valid @RequestBody Behaviour behaviour) {
		Partner partner = this.partners.find(name).orElseThrow(() -> unknown(name));
		partner.behave(behaviour);
		return partner.view();
	}

	private ResponseStatusException unknown(String name) {
		String known = this.partners.all().stream().map(Partner::name).collect(Collectors.joining(", "));
		return new ResponseStatusException(HttpStatus.NOT_FOUND,
				"There is no partner '" + name + "'; there are " + known);
	}

}
