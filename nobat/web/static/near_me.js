// <form data-near-me="id"> asks the device where it is, only when its button is pressed, and
// sends that with the search. Three decimals are about a hundred metres: enough to sort offices
// by. What goes wrong is said in the element of that id.
"use strict";

document.querySelectorAll("form[data-near-me]").forEach((form) => {
  const says = document.getElementById(form.dataset.nearMe);
  const button = form.querySelector("button");

  function found(place) {
    form.elements.lat.value = place.coords.latitude.toFixed(3);
    form.elements.lon.value = place.coords.longitude.toFixed(3);
    form.submit();
  }

  function notFound(problem) {
    button.disabled = false;
    says.textContent =
      problem?.code === GeolocationPositionError.PERMISSION_DENIED
        ? "اجازهٔ دیدن جای شما داده نشد. ترتیب دفترها همان که بود ماند."
        : "جای شما پیدا نشد. کمی بعد دوباره امتحان کنید.";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!navigator.geolocation) return notFound();
    button.disabled = true;
    says.textContent = "جای شما را از دستگاه می‌پرسیم…";
    navigator.geolocation.getCurrentPosition(found, notFound, {
      maximumAge: 5 * 60 * 1000,
      timeout: 15 * 1000,
    });
  });

  // The browser's "back" brings the page as it was left: waiting.
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    says.textContent = "";
  });
});
