export default function WelcomeCard() {
  return null;
}
