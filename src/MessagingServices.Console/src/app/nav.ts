import type { IconName } from "../ui/icons";

export type Place = { path: string; name: string; icon: IconName };

export const groups: { name: string; places: Place[] }[] = [
  {
    name: "Watch",
    places: [
      { path: "/messages", name: "Messages", icon: "messages" },
      { path: "/webhooks", name: "Webhooks", icon: "webhooks" },
      { path: "/overview", name: "Overview", icon: "overview" },
    ],
  },
  {
    name: "Act",
    places: [
      { path: "/handsets", name: "Handsets", icon: "handsets" },
      { path: "/faults", name: "Faults", icon: "faults" },
      { path: "/clock", name: "Clock", icon: "clock" },
    ],
  },
  {
    name: "Set up",
    places: [
      { path: "/services", name: "Messaging Services", icon: "services" },
      { path: "/accounts", name: "Accounts", icon: "accounts" },
      { path: "/connect", name: "Connect", icon: "connect" },
    ],
  },
];
