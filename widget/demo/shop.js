// Buttons of the shop that open the chat: also before the widget's script has come.
for (const button of document.querySelectorAll('[data-chat]')) {
  button.addEventListener('click', () => {
    (window.yingda ||= []).push(['open']);
  });
}
