// A map of offices. Nothing of it is loaded before somebody asks for it, and everything on
// it also stands in the page as text.
//
// A page with a map has `map` in its context, made by map_of() of office_cards.py, and
//   {% include "citizen/_map.html" with title="جای دفتر نارنجستان روی نقشه" %}
//   <script src="{% static 'map.js' %}" defer></script>
// The list of offices gives pins with numbers; the page of one office a single pin without:
//   map_of([pin(office, lines=[office.address])], towns=[office.county])
"use strict";

const WHOLE_COUNTRY = [
  [25, 44],
  [39.8, 63.4],
];
// Without tiles there is nothing to see closer than this.
const CLOSEST_WITH_TILES = 17;
const CLOSEST_WITHOUT = 13;

document.querySelectorAll("[data-map]").forEach((figure) => {
  const button = figure.querySelector("button");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await Promise.all([loadStyles(figure.dataset.leafletCss), loadScript(figure.dataset.leaflet)]);
      await open(figure, JSON.parse(figure.querySelector("script").textContent));
    } catch {
      button.disabled = false;
      figure.querySelector("[role=status]").textContent =
        "نقشه باز نشد. نشانی‌ها در صفحه نوشته شده است.";
    }
  });
});

function loadScript(address) {
  return loaded(Object.assign(document.createElement("script"), { src: address }));
}

function loadStyles(address) {
  return loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));
}

function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

async function open(figure, { pins, towns, near, tiles, attribution }) {
  const provinces = await (await fetch(figure.dataset.outlines)).json();
  const box = document.createElement("div");
  box.dir = "ltr"; // east is right on every map
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", figure.dataset.title);
  figure.querySelector(".map__closed").replaceWith(box);

  const map = L.map(box, {
    zoomControl: false,
    scrollWheelZoom: false, // the page scrolls
    maxZoom: tiles ? CLOSEST_WITH_TILES : CLOSEST_WITHOUT,
    minZoom: 4,
  });
  map.attributionControl.setPrefix(false);
  box.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  L.control.zoom({ zoomInTitle: "نزدیک‌تر", zoomOutTitle: "دورتر" }).addTo(map);
  scale().addTo(map).getContainer().dir = "rtl";
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: CLOSEST_WITH_TILES }).addTo(map);
  L.geoJSON(provinces, { interactive: false, style: { className: "map__province", fillOpacity: 1 } }).addTo(map);
  map.createPane("towns"); // under the pins
  pins.forEach((pin) => markerOf(pin).addTo(map));
  // Tiles have the names of towns on them.
  if (!tiles) towns.forEach((town) => dot([town.lat, town.lon], "map__town", town.name).addTo(map));
  if (near) dot(near, "map__here", "جای شما").addTo(map);

  const places = pins.map((pin) => [pin.lat, pin.lon]).concat(near ? [near] : []);
  map.fitBounds(places.length ? places : WHOLE_COUNTRY, { padding: [40, 40], maxZoom: 15 });
  box.focus({ preventScroll: true });
}

// Leaflet's own says «5 km».
function scale() {
  const Scale = L.Control.Scale.extend({
    _updateMetric(longest) {
      const metres = this._getRoundNum(longest);
      const said =
        metres < 1000
          ? `${metres.toLocaleString("fa")} متر`
          : `${(metres / 1000).toLocaleString("fa")} کیلومتر`;
      this._updateScale(this._mScale, said, metres / longest);
    },
  });
  return new Scale({ imperial: false });
}

function markerOf(pin) {
  const name = pin.number ? `${pin.number}، ${pin.title}` : pin.title;
  const icon = L.divIcon({
    className: "map__pin",
    html: Object.assign(document.createElement("span"), { textContent: pin.number || "•" }),
    iconSize: [36, 44],
    iconAnchor: [18, 44],
    popupAnchor: [0, -40],
  });
  const marker = L.marker([pin.lat, pin.lon], { icon, riseOnHover: true });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
  const content = boxOf(pin);
  marker.bindPopup(content, { maxWidth: 260 });
  // A keyboard comes into the box that opened, and out of it back to its pin.
  marker.on("popupopen", ({ popup }) => {
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", "بستن");
    content.querySelector("a").focus({ preventScroll: true });
  });
  marker.on("popupclose", ({ popup }) => {
    const at = document.activeElement;
    if (at === document.body || popup.getElement()?.contains(at)) marker.getElement().focus();
  });
  return marker;
}

function boxOf(pin) {
  const content = Object.assign(document.createElement("div"), { dir: "rtl" });
  const title = document.createElement("strong");
  title.append(pin.link ? link(pin.link, pin.title) : pin.title);
  const lines = pin.lines.map((line) =>
    Object.assign(document.createElement("p"), { textContent: line }),
  );
  content.append(title, ...lines, link(pin.geo, "مسیریابی با نقشهٔ گوشی"));
  return content;
}

function link(href, textContent) {
  return Object.assign(document.createElement("a"), { href, textContent });
}

function dot(place, className, name) {
  const icon = L.divIcon({ className, iconSize: null });
  const marker = L.marker(place, { icon, pane: "towns", keyboard: false, interactive: false });
  return marker.bindTooltip(name, {
    pane: "towns",
    permanent: true,
    direction: "bottom",
    className: "map__name",
  });
}
